namespace Downloader.Tool;

/// <summary>The terminal that standard error is.</summary>
/// <param name="Columns">Its width in characters.</param>
/// <param name="IsSharedWithOutput">Whether standard output is a terminal too, so that lines of both appear on one screen.</param>
internal sealed record ErrorTerminal(int Columns, bool IsSharedWithOutput)
{
    private const int DefaultColumns = 80;

    /// <summary>Null when standard error is no terminal, or one that cannot go back in a line (TERM is <c>dumb</c>).</summary>
    public static ErrorTerminal? Find()
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb") return null;
        return new ErrorTerminal(FindColumns(), !Console.IsOutputRedirected);
    }

    private static int FindColumns()
    {
        try
        {
            // 0 where the terminal does not tell.
            return Console.WindowWidth is > 0 and var columns ? columns : DefaultColumns;
        }
        catch (IOException)
        {
            return DefaultColumns;
        }
    }
}

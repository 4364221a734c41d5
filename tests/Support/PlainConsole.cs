using Spectre.Console;

namespace Downloader.Tests.Support;

/// <summary>What is written to a terminal without colours.</summary>
internal static class PlainConsole
{
    /// <summary>The text of a view.</summary>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="render">Writes the view.</param>
    public static string Render(int width, Action<IAnsiConsole> render)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new()
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        render(console);
        return writer.ToString();
    }
}

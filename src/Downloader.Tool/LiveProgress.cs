using System.Diagnostics;

namespace Downloader.Tool;

/// <summary>The progress line at the bottom of a terminal. Not thread-safe: <see cref="DownloadOutput"/> calls it under its lock.</summary>
/// <param name="terminal">The terminal that <paramref name="error"/> is.</param>
/// <param name="error">Standard error.</param>
internal sealed class LiveProgress(ErrorTerminal terminal, TextWriter error)
{
    // To the first column, and clear to the end of the line.
    private const string Clear = "\r\u001B[K";
    private readonly long _started = Stopwatch.GetTimestamp();
    private string _line = "";

    /// <summary>What it shows.</summary>
    public ProgressMeter Meter { get; } = new();

    /// <summary>Draws it anew.</summary>
    public void Update()
    {
        var line = Meter.Format(Stopwatch.GetElapsedTime(_started));
        // A line as wide as the terminal would go on in the next one.
        _line = line.Length < terminal.Columns ? line : line[..Math.Max(0, terminal.Columns - 1)];
        Write(Clear + _line);
    }

    /// <summary>Makes room for a line of output.</summary>
    /// <param name="isError">Whether it goes to standard error.</param>
    public void BeforeLine(bool isError)
    {
        if (_line.Length > 0 && (isError || terminal.IsSharedWithOutput)) Write(Clear);
    }

    /// <summary>Draws it again below that line.</summary>
    /// <param name="isError">Whether the line went to standard error.</param>
    public void AfterLine(bool isError)
    {
        if (_line.Length > 0 && (isError || terminal.IsSharedWithOutput)) Write(_line);
    }

    /// <summary>Removes it.</summary>
    public void End()
    {
        if (_line.Length > 0) Write(Clear);
        _line = "";
    }

    private void Write(string text)
    {
        try
        {
            error.Write(text);
        }
        catch (IOException)
        {
            // The terminal is gone: there is nobody to show it to.
            _line = "";
        }
    }
}

using System.Text;

namespace Downloader.Tests.Support;

/// <summary>The console of this process, which a call context can capture for itself and for all that it starts.</summary>
internal sealed class ConsoleOfContext : TextWriter
{
    private static readonly ConsoleOfContext Output = new(Console.Out);
    private static readonly ConsoleOfContext Error = new(Console.Error);

    private readonly AsyncLocal<TextWriter?> _captured = new();
    private readonly TextWriter _console;

    static ConsoleOfContext()
    {
        Console.SetIn(TextReader.Null);
        Console.SetOut(Output);
        Console.SetError(Error);
    }

    private ConsoleOfContext(TextWriter console) => _console = console;

    public override Encoding Encoding => _console.Encoding;

    private TextWriter Current => _captured.Value ?? _console;

    /// <summary>From here on, what the caller's context prints goes to these writers. Standard input is empty.</summary>
    public static void Capture(TextWriter output, TextWriter error)
    {
        Output._captured.Value = output;
        Error._captured.Value = error;
    }

    public override void Write(char value) => Current.Write(value);

    public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

    public override void Write(string? value) => Current.Write(value);

    public override void Flush() => Current.Flush();
}

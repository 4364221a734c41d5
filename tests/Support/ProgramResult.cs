namespace Downloader.Tests.Support;

/// <summary>How a program ended: its exit code, and its lines.</summary>
public sealed record ProgramResult(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{string.Join('\n', Output)}\n--\n{string.Join('\n', Errors)}";
}

namespace Downloader.Tests.Support;

/// <summary>What a process left: its exit code, and its lines.</summary>
public sealed record Outcome(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n{string.Join('\n', Output)}\n--\n{string.Join('\n', Errors)}";
}

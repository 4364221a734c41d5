namespace Downloader.Benchmarks.Execution;

/// <summary>The tool <c>downloader</c>, as the host has built it for a run: each is a program and its first arguments.</summary>
public sealed record ToolPrograms
{
    /// <summary>The tool that the JIT compiles; null where no case needs it.</summary>
    public IReadOnlyList<string>? JustInTime { get; init; }

    /// <summary>The tool compiled ahead of time; null where no case needs it, or it could not be built.</summary>
    public IReadOnlyList<string>? AheadOfTime { get; init; }

    /// <summary>Why it could not be compiled ahead of time, in one line; null where it could.</summary>
    public string? AheadOfTimeError { get; init; }

    /// <summary>The program of a compilation; null where there is none.</summary>
    public IReadOnlyList<string>? Find(ToolCompilation compilation) =>
        compilation == ToolCompilation.AheadOfTime ? AheadOfTime : JustInTime;
}

using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>What two runs have measured whose rounds alternated.</summary>
/// <param name="Base">The base's run.</param>
/// <param name="Candidate">The candidate's run.</param>
/// <param name="Files">The data of both, as files.</param>
internal sealed record MeasuredPair(ComparedRun Base, ComparedRun Candidate, IReadOnlyList<string> Files)
{
    /// <summary>Whether something failed in one of them: a benchmark, an audit.</summary>
    public bool HasFailed { get; init; }

    /// <summary>Whether they were interrupted.</summary>
    public bool IsInterrupted { get; init; }
}

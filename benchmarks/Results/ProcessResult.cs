namespace Downloader.Benchmarks.Results;

/// <summary>What one process measured of a case.</summary>
/// <param name="Round">In which round of the run, from 1.</param>
/// <param name="Iterations">Its measured iterations, in order; warm-up is left out.</param>
public sealed record ProcessResult(int Round, IReadOnlyList<IterationResult> Iterations)
{
    /// <summary>The first run of the case in this fresh process, in milliseconds: making the clients, opening the connections and
    /// just-in-time compilation included. Null where it is unknown.</summary>
    public double? FirstMs { get; init; }
}

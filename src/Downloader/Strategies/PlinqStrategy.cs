using System.Collections.Concurrent;

namespace Downloader;

/// <summary>PLINQ over the list, with the workers as its degree of parallelism, but not more than 512; its workers block.</summary>
/// <remarks>Benefit: two calls make a query over the list parallel. Drawback: it is made for computation: it blocks pool threads while it
/// waits, so that many workers start late, and 512 is the most that it allows. With many more workers than processors it is not
/// for a caller who takes results as they end: all workers are in the pool's queue before the caller's own continuation.</remarks>
public sealed class PlinqStrategy : DownloadStrategy
{
    /// <summary>The largest degree of parallelism that PLINQ accepts.</summary>
    private const int MaxDegree = 512;

    /// <inheritdoc/>
    public override string Summary => "PLINQ with the workers as its degree of parallelism; it blocks pool threads.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        // Unbuffered: otherwise a worker takes several downloads at once, and some wait for it while other workers are idle.
        Partitioner.Create(run.Items, EnumerablePartitionerOptions.NoBuffering)
            .AsParallel()
            .WithDegreeOfParallelism(Math.Min(run.Workers, MaxDegree))
            .ForAll(run.Download);
        return Task.CompletedTask;
    }
}

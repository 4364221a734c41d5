using System.Collections.Concurrent;

namespace Downloader;

/// <summary><see cref="Parallel"/>.ForEach over the list, with as many blocking bodies at once as there are workers.</summary>
/// <remarks>Benefit: one line turns a loop into a parallel one. Drawback: it is made for computation: it blocks pool threads while it
/// waits, and starts with about as many workers as there are processors.</remarks>
public sealed class ParallelForEachStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Parallel.ForEach, whose bodies block pool threads.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        // Unbuffered: otherwise a worker takes several downloads at once, and some wait for it while other workers are idle.
        var items = Partitioner.Create(run.Items, EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = run.Workers }, run.Download);
        return Task.CompletedTask;
    }
}

namespace Downloader;

/// <summary><see cref="Parallel"/>.ForEachAsync over the list, with the workers as its degree of parallelism.</summary>
/// <remarks>Benefit: bounded asynchronous concurrency in one line of the BCL. Drawback: its default degree is the number of processors,
/// far too few for I/O, so it must be set.</remarks>
public sealed class ParallelForEachAsyncStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Parallel.ForEachAsync, with the workers as its degree of parallelism.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run) => Parallel.ForEachAsync(
        run.ItemsAsync,
        new ParallelOptions { MaxDegreeOfParallelism = run.Workers },
        (item, _) => new ValueTask(run.DownloadAsync(item)));
}

namespace Downloader;

/// <summary><see cref="Task"/>.WhenAll over as many asynchronous loops as there are workers, which share the list.</summary>
/// <remarks>Benefit: the fewest parts of all bounded strategies, with one task per worker however long the list is (a semaphore in front
/// of each download would need a task per download). Drawback: the loop is code of your own.</remarks>
public sealed class WhenAllStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Task.WhenAll over one asynchronous loop per worker.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 2;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        return Task.WhenAll(Enumerable.Range(0, run.Workers).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            while (run.TryTake(out var index)) await run.DownloadAsync(index).ConfigureAwait(false);
        }
    }
}

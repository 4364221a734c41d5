namespace Downloader;

/// <summary>Batches of as many downloads as there are workers, one batch after another: <see cref="Task"/>.WhenAll over each.</summary>
/// <remarks>Benefit: a limit without a semaphore, a queue or loops of one's own. Drawback: a batch takes as long as its slowest download,
/// while the other workers are idle. A batch starts when it is full or the input ends, so it is not for input that comes over
/// time.</remarks>
public sealed class WhenAllBatchesStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Task.WhenAll over one batch after another, each of as many downloads as there are workers.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 2;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        await foreach (var batch in run.ItemsAsync.Chunk(run.Workers).ConfigureAwait(false))
            await Task.WhenAll(batch.Select(run.DownloadAsync)).ConfigureAwait(false);
    }
}

namespace Downloader;

/// <summary>A task per download, each behind a <see cref="SemaphoreSlim"/> that lets as many in as there are workers, and
/// <see cref="Task"/>.WhenAll over all tasks.</summary>
/// <remarks>Benefit: the pattern that most people write and know; a waiting download holds no thread, and the next one starts as soon as
/// one ends. Drawback: all tasks exist from the start, so memory grows with the list, and a release that is forgotten stops
/// everything.</remarks>
public sealed class WhenAllStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Task.WhenAll over a task per download, each behind a SemaphoreSlim.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 2;

    /// <inheritdoc/>
    public override bool HoldsWholeList => true;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        using var slots = new SemaphoreSlim(run.Workers);
        var downloads = new List<Task>();
        await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) downloads.Add(DownloadInSlotAsync(item));
        await Task.WhenAll(downloads).ConfigureAwait(false);

        async Task DownloadInSlotAsync(DownloadItem item)
        {
            await slots.WaitAsync().ConfigureAwait(false);
            try
            {
                await run.DownloadAsync(item).ConfigureAwait(false);
            }
            finally
            {
                slots.Release();
            }
        }
    }
}

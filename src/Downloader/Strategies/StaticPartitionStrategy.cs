namespace Downloader;

/// <summary>Each worker gets a fixed, contiguous share of the list beforehand and downloads it asynchronously.</summary>
/// <remarks>Benefit: workers share nothing at all. Drawback: a worker whose share is slow ends late while the others are idle. It is here
/// to show what that costs.</remarks>
public sealed class StaticPartitionStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A fixed share of the list for each worker, downloaded asynchronously.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 6;

    /// <inheritdoc/>
    public override bool HoldsWholeList => true;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        var items = new List<DownloadItem>();
        await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) items.Add(item);
        await Task.WhenAll(Enumerable.Range(0, run.Workers).Select(worker => WorkAsync(First(worker), First(worker + 1))))
            .ConfigureAwait(false);

        int First(int worker) => (int)((long)worker * items.Count / run.Workers);

        async Task WorkAsync(int first, int end)
        {
            for (var index = first; index < end; index++) await run.DownloadAsync(items[index]).ConfigureAwait(false);
        }
    }
}

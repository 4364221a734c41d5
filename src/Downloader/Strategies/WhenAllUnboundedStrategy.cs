namespace Downloader;

/// <summary><see cref="Task"/>.WhenAll over all downloads at once, whatever the number of workers.</summary>
/// <remarks>Benefit: the shortest code, and the fastest against a server without limits. Drawback: nothing bounds what is in flight, so
/// memory grows with the list, waiting in the connection pool counts against each download's timeout, and a real server may refuse
/// them.</remarks>
public sealed class WhenAllUnboundedStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Task.WhenAll over all downloads at once; workers are ignored.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    public override bool IsBounded => false;

    /// <inheritdoc/>
    public override bool HoldsWholeList => true;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        var downloads = new List<Task>();
        await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) downloads.Add(run.DownloadAsync(item));
        await Task.WhenAll(downloads).ConfigureAwait(false);
    }
}

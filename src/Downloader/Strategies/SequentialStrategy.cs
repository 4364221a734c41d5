namespace Downloader;

/// <summary>One download after the other, on one thread.</summary>
/// <remarks>Benefit: the simplest of all, with nothing shared; the baseline of all others.
/// Drawback: it takes the sum of all waits; the number of workers has no effect.</remarks>
public sealed class SequentialStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "One download after the other, on one thread.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Sequential;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        foreach (var item in run.Items) run.Download(item);
        return Task.CompletedTask;
    }
}

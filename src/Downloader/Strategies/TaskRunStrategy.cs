namespace Downloader;

/// <summary><see cref="Task"/>.Run around each blocking download, and <see cref="Task"/>.WhenAll over all, whatever the number of
/// workers.</summary>
/// <remarks>Benefit: blocking code runs beside the caller with one more call. Drawback: the only limit is the number of the pool's
/// threads: it starts with about as many downloads as there are processors, adds threads slowly, and other work of the pool
/// waits. So does a caller who takes results as they end: all downloads are in the pool's queue before the caller's own
/// continuation.</remarks>
public sealed class TaskRunStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "Task.Run around each blocking download; workers are ignored.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override bool IsBounded => false;

    /// <inheritdoc/>
    public override int CodeEffort => 1;

    /// <inheritdoc/>
    public override bool HoldsWholeList => true;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run) =>
        Task.WhenAll(run.Items.Select(item => Task.Run(() => run.Download(item))));
}

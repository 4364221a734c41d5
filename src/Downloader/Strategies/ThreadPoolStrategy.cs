namespace Downloader;

/// <summary>A work item on the thread pool for each worker, which blocks its pool thread while it waits.</summary>
/// <remarks>Benefit: no threads to create: the pool's exist already. Drawback: blocked pool threads starve everything else that needs the
/// pool, and beyond the number of processors the pool adds threads slowly, so that many workers start late. With many more workers than
/// processors it is not for a caller who takes results as they end: all work items are in the pool's queue before the caller's own
/// continuation, which waits, for many seconds, until the pool has added a thread for each of them.</remarks>
public sealed class ThreadPoolStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A work item on the thread pool for each worker, which blocks its pool thread.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override int CodeEffort => 3;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        using var working = new CountdownEvent(run.Workers);
        for (var worker = 0; worker < run.Workers; worker++) ThreadPool.UnsafeQueueUserWorkItem(Work, working, preferLocal: false);
        working.Wait();
        return Task.CompletedTask;

        void Work(CountdownEvent working)
        {
            foreach (var item in run.Items) run.Download(item);
            working.Signal();
        }
    }
}

namespace Downloader;

/// <summary>A thread of its own for each worker, which blocks while it waits.</summary>
/// <remarks>Benefit: simple synchronous code that reaches its full width at once, because it depends on no pool.
/// Drawback: each worker costs a thread and its stack, so hundreds are dear and thousands are out of reach.</remarks>
public sealed class DedicatedThreadsStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A thread of its own for each worker, which blocks while it waits.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        var threads = Enumerable.Range(0, run.Workers).Select(_ => new Thread(Work) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return Task.CompletedTask;

        void Work()
        {
            while (run.TryTake(out var index)) run.Download(index);
        }
    }
}

namespace Downloader;

/// <summary>A thread of its own for each worker, which blocks while it waits.</summary>
/// <remarks>Benefit: simple synchronous code with all workers busy at once, because it depends on no pool.
/// Drawback: each worker costs a thread and its stack, so that hundreds are expensive and thousands are not practical. Where the system
/// refuses a thread, the run goes on with the threads it has, and fails only if it has none. The runtime itself cannot survive that it
/// gets no thread for its own work: it ends the process.</remarks>
public sealed class DedicatedThreadsStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A thread of its own for each worker, which blocks while it waits.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override bool BlocksThreadPool => false;

    /// <inheritdoc/>
    public override int CodeEffort => 3;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        var threads = new List<Thread>(run.Workers);
        try
        {
            while (threads.Count < run.Workers)
            {
                var thread = new Thread(Work) { IsBackground = true };
                thread.Start();
                threads.Add(thread);
            }
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException && threads.Count > 0)
        {
            // The threads that did start share the list, so they do the work of the missing ones. Rethrown, the exception would abandon
            // them.
        }

        threads.ForEach(thread => thread.Join());
        return Task.CompletedTask;

        void Work()
        {
            foreach (var item in run.Items) run.Download(item);
        }
    }
}

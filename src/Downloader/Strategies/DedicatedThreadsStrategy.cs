namespace Downloader;

/// <summary>A thread of its own for each worker, which blocks while it waits.</summary>
/// <remarks>Benefit: simple synchronous code that reaches its full width at once, because it depends on no pool.
/// Drawback: each worker costs a thread and its stack, so hundreds are dear and thousands are out of reach: where the system refuses a thread,
/// the run goes on with those it gave, and fails only if it gave none (or if the runtime itself finds no room for a thread of its own).</remarks>
public sealed class DedicatedThreadsStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A thread of its own for each worker, which blocks while it waits.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Blocking;

    /// <inheritdoc/>
    public override int CodeEffort => 2;

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
            // Thrown here it would leave the started ones behind; they share the list, so they do the work of those that are missing.
        }

        threads.ForEach(thread => thread.Join());
        return Task.CompletedTask;

        void Work()
        {
            while (run.TryTake(out var index)) run.Download(index);
        }
    }
}

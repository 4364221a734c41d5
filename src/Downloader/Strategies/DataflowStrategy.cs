using System.Threading.Tasks.Dataflow;

namespace Downloader;

/// <summary>TPL Dataflow: one <see cref="ActionBlock{TInput}"/> with the workers as its degree of parallelism.</summary>
/// <remarks>Benefit: the block is a ready-made queue with workers, and further steps (parse, store) are blocks linked to it.
/// Drawback: a library of its own to learn, which allocates more for each item than a channel.</remarks>
public sealed class DataflowStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A Dataflow ActionBlock, with the workers as its degree of parallelism.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 5;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        var options = new ExecutionDataflowBlockOptions
        {
            MaxDegreeOfParallelism = run.Workers,
            // Without a bound the block would take in the whole input at once.
            BoundedCapacity = (int)Math.Min(2L * run.Workers, int.MaxValue),
            SingleProducerConstrained = true,
        };
        var block = new ActionBlock<DownloadItem>(run.DownloadAsync, options);
        await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) await block.SendAsync(item).ConfigureAwait(false);
        block.Complete();
        await block.Completion.ConfigureAwait(false);
    }
}

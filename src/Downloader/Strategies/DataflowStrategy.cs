using System.Threading.Tasks.Dataflow;

namespace Downloader;

/// <summary>TPL Dataflow: one <see cref="ActionBlock{TInput}"/> with the workers as its degree of parallelism.</summary>
/// <remarks>Benefit: the block is a ready-made queue with workers, and further steps (parse, store) are blocks linked to it.
/// Drawback: a library of its own to learn, with more overhead per item than a channel.</remarks>
public sealed class DataflowStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A Dataflow ActionBlock, with the workers as its degree of parallelism.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 5;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        var block = new ActionBlock<int>(
            run.DownloadAsync,
            new ExecutionDataflowBlockOptions { MaxDegreeOfParallelism = run.Workers, SingleProducerConstrained = true });
        for (var index = 0; index < run.Count; index++) block.Post(index);
        block.Complete();
        return block.Completion;
    }
}

using System.Threading.Channels;

namespace Downloader;

/// <summary>A bounded channel: one producer writes the list, as many asynchronous consumers as there are workers read it.</summary>
/// <remarks>Benefit: downloads can start while the list is still being produced, and the bound slows the producer down when it is ahead.
/// Drawback: more parts than a list that is known beforehand needs.</remarks>
public sealed class ChannelStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "A bounded channel with one producer and one consumer per worker.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 4;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        var channel = Channel.CreateBounded<DownloadItem>(new BoundedChannelOptions(run.Workers) { SingleWriter = true });
        return Task.WhenAll(Enumerable.Range(0, run.Workers).Select(_ => ConsumeAsync()).Prepend(ProduceAsync()));

        async Task ProduceAsync()
        {
            await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) await channel.Writer.WriteAsync(item).ConfigureAwait(false);
            channel.Writer.Complete();
        }

        async Task ConsumeAsync()
        {
            await foreach (var item in channel.Reader.ReadAllAsync().ConfigureAwait(false))
                await run.DownloadAsync(item).ConfigureAwait(false);
        }
    }
}

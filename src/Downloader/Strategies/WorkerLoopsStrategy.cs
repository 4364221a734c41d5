namespace Downloader;

/// <summary>As many asynchronous loops as there are workers, which take the next download off a list that they share.</summary>
/// <remarks>Benefit: one task per worker however long the list is, and a place for what each worker keeps to itself. Drawback: the loops,
/// and how they share the list safely, are code of your own.</remarks>
public sealed class WorkerLoopsStrategy : DownloadStrategy
{
    /// <inheritdoc/>
    public override string Summary => "One asynchronous loop per worker over a shared list.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 3;

    /// <inheritdoc/>
    protected override Task DownloadAllAsync(DownloadRun run)
    {
        return Task.WhenAll(Enumerable.Range(0, run.Workers).Select(_ => WorkAsync()));

        async Task WorkAsync()
        {
            await foreach (var item in run.ItemsAsync.ConfigureAwait(false)) await run.DownloadAsync(item).ConfigureAwait(false);
        }
    }
}

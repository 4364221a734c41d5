using System.Runtime.CompilerServices;

namespace Downloader;

/// <summary>Downloads with the strategies of this library.</summary>
/// <param name="clients">The source of each download's client.</param>
public sealed class ConcurrentDownloader(IClientSource clients) : IDownloader
{
    private const int MaxAheadPerWorker = 4;

    /// <inheritdoc/>
    public IAsyncEnumerable<DownloadResult<T>> DownloadAsync<T>(
        IEnumerable<Uri> uris, BodyReader<T> reader, DownloadSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uris);
        int? total = uris.TryGetNonEnumeratedCount(out var count) ? count : null;
        return Download(new SynchronousUris(uris), total, reader, settings, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<DownloadResult<T>> DownloadAsync<T>(
        IAsyncEnumerable<Uri> uris, BodyReader<T> reader, DownloadSettings? settings = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(uris);
        return Download(uris, total: null, reader, settings, cancellationToken);
    }

    private IAsyncEnumerable<DownloadResult<T>> Download<T>(
        IAsyncEnumerable<Uri> uris, int? total, BodyReader<T> reader, DownloadSettings? settings, CancellationToken cancellationToken)
    {
        settings ??= DownloadSettings.Default;
        settings.ThrowIfInvalid();
        (settings.Strategy ?? DownloadSettings.DefaultStrategy).ThrowIfUnusable(reader);
        return RunAsync(uris, total, reader, settings, cancellationToken);
    }

    private async IAsyncEnumerable<DownloadResult<T>> RunAsync<T>(
        IAsyncEnumerable<Uri> uris,
        int? total,
        BodyReader<T> reader,
        DownloadSettings settings,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var strategy = settings.Strategy ?? DownloadSettings.DefaultStrategy;
        var workers = Math.Clamp(total ?? settings.Workers, 1, settings.Workers);
        int? maxAhead = settings.InInputOrder && !strategy.HoldsWholeList ? MaxAheadPerWorker * settings.Workers : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = new StreamedItems(uris, maxAhead, stop.Token);
        // With a limit, results that wait would hold back a strategy that has taken the whole list anyway; one whose tasks block the pool
        // would then leave no thread to the caller who is to take the results.
        using var results = new ResultStream<T>(strategy.HoldsWholeList ? null : settings.Workers, stop.Token);
        var run = new DownloadRun<T>(items, workers, clients, reader, results, stop.Token);
        var running = RunToEndAsync(strategy, run, items, results);
        var progress = settings.Progress is null ? null : new ProgressCounter<T>(settings.Progress, total);
        try
        {
            var ended = progress is null ? results.ReadAllAsync() : progress.CountAsync(results.ReadAllAsync());
            var ordered = settings.InInputOrder ? ResultOrder.SortAsync(ended, items) : ended;
            await foreach (var result in ordered.ConfigureAwait(false)) yield return result;
            await running.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        items.ThrowIfFailed();
    }

    /// <summary>Runs the strategy on the thread pool: the first steps of the input can take time.</summary>
    private static async Task RunToEndAsync<T>(
        DownloadStrategy strategy, DownloadRun<T> run, StreamedItems items, ResultStream<T> results)
    {
        try
        {
            await Task.Run(() => strategy.ExecuteAsync(run)).ConfigureAwait(false);
        }
        finally
        {
            await items.DisposeAsync().ConfigureAwait(false);
            results.Complete();
        }
    }
}

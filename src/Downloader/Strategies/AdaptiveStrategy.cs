namespace Downloader;

/// <summary>Finds by itself how many downloads the server bears: begins with a few, doubles while the server keeps up, and follows what it
/// refuses. The number of workers is only the ceiling.</summary>
/// <remarks>Benefit: no number to choose, and it follows a server that changes; 429, Retry-After and the RateLimit headers pace all
/// downloads. Drawback: it costs some refusals to find a limit, so that it needs retries (<see cref="DownloadResilience"/>), and a short
/// list ends before it has reached what the server bears.</remarks>
public sealed class AdaptiveStrategy : DownloadStrategy
{
    private readonly LimitLog? _log;

    /// <summary>The strategy.</summary>
    public AdaptiveStrategy()
    {
    }

    /// <summary>The strategy, one run at a time.</summary>
    /// <param name="log">Has what was decided in the last run.</param>
    internal AdaptiveStrategy(LimitLog log) => _log = log;

    /// <inheritdoc/>
    public override string Summary => "Asynchronous loops, as many as the server shows it can bear, up to the workers.";

    /// <inheritdoc/>
    public override StrategyKind Kind => StrategyKind.Asynchronous;

    /// <inheritdoc/>
    public override int CodeEffort => 6;

    /// <inheritdoc/>
    protected override async Task DownloadAllAsync(DownloadRun run)
    {
        _log?.Clear();
        using var workers = new AdaptiveWorkers(run, _log);
        await workers.RunAsync().ConfigureAwait(false);
    }
}

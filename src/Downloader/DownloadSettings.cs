namespace Downloader;

/// <summary>How an <see cref="IDownloader"/> runs one call.</summary>
public sealed class DownloadSettings
{
    private const int MaxWorkers = 10_000;

    internal static readonly DownloadSettings Default = new();

    /// <summary>The concurrency pattern; null for the default, <see cref="DefaultStrategy"/>. With one that
    /// <see cref="DownloadStrategy.HoldsWholeList"/> memory grows with the input.</summary>
    public DownloadStrategy? Strategy { get; init; }

    /// <summary>The most downloads in flight at once, 1 to 10,000. Default 16. It is also the most connections to a server, and the most
    /// results that wait for a caller who is slow to take them, except where the strategy
    /// <see cref="DownloadStrategy.HoldsWholeList"/>.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>Whether results come in the order of the input. Default false: they come as downloads end. In order, a slow download holds
    /// up the results of those behind it, and at most four times <see cref="Workers"/> items are taken ahead of it (all of them by a
    /// strategy that <see cref="DownloadStrategy.HoldsWholeList"/>).</summary>
    public bool InInputOrder { get; init; }

    /// <summary>Told about each download that has ended, one after the other, while the caller waits for the next result; what it throws
    /// ends the run. Null for none.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }

    /// <summary>The strategy where none is chosen.</summary>
    public static DownloadStrategy DefaultStrategy { get; } = new WorkerLoopsStrategy();

    internal void ThrowIfInvalid()
    {
        if (Workers is < 1 or > MaxWorkers)
            throw new ArgumentException(OptionError.Format(nameof(Workers), Workers, "between 1 and 10000"));
    }
}

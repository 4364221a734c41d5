namespace Downloader;

/// <summary>Downloads many URIs at once and hands over what was made of their bodies.</summary>
/// <remarks>
/// Nothing is kept but what is in flight and what waits for the caller, who slows the downloads down when slow: the input may be long, or
/// without end. A download that fails is a result with its reason, and the others go on. Leaving the <c>await foreach</c> stops the
/// downloads in flight and waits for their end, so that nothing keeps running. When the token is cancelled, the downloads in flight are
/// stopped, the results of those that had ended are handed over, and then an <see cref="OperationCanceledException"/> is thrown. When the
/// input throws, the downloads in flight end, their results are handed over, and then its exception is thrown. To get results as they end,
/// use an asynchronous strategy, as the default is: those that block pool threads (<see cref="DownloadStrategy.BlocksThreadPool"/>) leave
/// none to the caller's own code, which can wait for its first result until the pool has added a thread for each worker, or, where the
/// strategy is not <see cref="DownloadStrategy.IsBounded"/>, until the list is done.
/// </remarks>
public interface IDownloader
{
    /// <summary>Downloads URIs.</summary>
    /// <typeparam name="T">What the reader makes of a body.</typeparam>
    /// <param name="uris">What to download, absolute http or https URIs. Enumerated once, as far as workers are free; while it blocks, a
    /// thread waits, and a cancellation waits too.</param>
    /// <param name="reader">Reads the bodies; see <see cref="BodyReaders"/>.</param>
    /// <param name="settings">How to run; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One result per URI, as downloads end or in the order of the input. Each enumeration is a run of its own.</returns>
    /// <exception cref="ArgumentException">A setting is out of its range; or the strategy blocks and the reader cannot.</exception>
    IAsyncEnumerable<DownloadResult<T>> DownloadAsync<T>(
        IEnumerable<Uri> uris, BodyReader<T> reader, DownloadSettings? settings = null, CancellationToken cancellationToken = default);

    /// <summary>Downloads URIs that come over time.</summary>
    /// <typeparam name="T">What the reader makes of a body.</typeparam>
    /// <param name="uris">What to download, absolute http or https URIs. Enumerated once, as far as workers are free. It gets the run's
    /// token and should end when that is cancelled: the run waits for it.</param>
    /// <param name="reader">Reads the bodies; see <see cref="BodyReaders"/>.</param>
    /// <param name="settings">How to run; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One result per URI, as downloads end or in the order of the input. Each enumeration is a run of its own.</returns>
    /// <exception cref="ArgumentException">A setting is out of its range; or the strategy blocks and the reader cannot.</exception>
    IAsyncEnumerable<DownloadResult<T>> DownloadAsync<T>(
        IAsyncEnumerable<Uri> uris, BodyReader<T> reader, DownloadSettings? settings = null, CancellationToken cancellationToken = default);
}

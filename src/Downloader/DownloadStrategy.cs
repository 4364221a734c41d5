namespace Downloader;

/// <summary>A concurrency pattern for N downloads.</summary>
/// <remarks>
/// The contract of every strategy: one result per URI, in the order of the list; never more than <see cref="DownloadRequest.Workers"/>
/// downloads in flight (unless it is not <see cref="IsBounded"/>); a failed download is a result with a reason, and the others go on;
/// when cancelled, downloads in flight are stopped, and those that did not end have <see cref="FailureReason.Cancelled"/>; nothing keeps
/// running.
/// </remarks>
public abstract class DownloadStrategy
{
    /// <summary>The name in catalogue, reports and command lines: the class name without "Strategy".</summary>
    public string Name => GetType().Name.Replace("Strategy", "", StringComparison.Ordinal);

    /// <summary>What it does, in a sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>What its workers do while they wait.</summary>
    public abstract StrategyKind Kind { get; }

    /// <summary>Whether <see cref="DownloadRequest.Workers"/> limits the downloads in flight.</summary>
    public virtual bool IsBounded => true;

    /// <summary>Whether its workers hold threads of the thread pool while they wait, so that other work of the pool waits too.</summary>
    public virtual bool BlocksThreadPool => Kind == StrategyKind.Blocking;

    /// <summary>How much code and how many concepts the pattern needs, as a rank; among equally fast strategies the lowest is recommended.
    /// 1: one call of the base class library. 2: such a call, in a loop or behind a semaphore. 3: loops or threads of one's own that share
    /// the list. 4: a producer and consumers. 5: a library to learn first. 6: code that also has to divide the work. Unranked, and so
    /// last: <see cref="int.MaxValue"/>, the default.</summary>
    public virtual int CodeEffort => int.MaxValue;

    /// <summary>Whether it takes all items before the first ends, so that its memory grows with the input, and an input without end is not
    /// for it. Default false: it holds only what is in flight.</summary>
    public virtual bool HoldsWholeList => false;

    /// <summary>Downloads everything on the list and discards the bodies. Does not block the caller: a blocking strategy runs on a thread
    /// of its own.</summary>
    /// <param name="request">What to download, how many at once, and with which clients.</param>
    /// <param name="cancellationToken">Stops the run; the results show which downloads it stopped.</param>
    /// <returns>One result per URI, in the order of the list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 worker.</exception>
    /// <exception cref="ArgumentException">A URI on the list is null.</exception>
    public Task<IReadOnlyList<DownloadResult>> RunAsync(DownloadRequest request, CancellationToken cancellationToken = default) =>
        RunAsync(request, BodyReaders.Discard, static result => result.WithoutValue, cancellationToken);

    /// <summary>Downloads everything on the list and reads the bodies. Does not block the caller: a blocking strategy runs on a thread of
    /// its own.</summary>
    /// <typeparam name="T">What the reader makes of a body.</typeparam>
    /// <param name="request">What to download, how many at once, and with which clients.</param>
    /// <param name="reader">Reads the bodies.</param>
    /// <param name="cancellationToken">Stops the run; the results show which downloads it stopped.</param>
    /// <returns>One result per URI, in the order of the list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 worker.</exception>
    /// <exception cref="ArgumentException">A URI on the list is null; or the strategy blocks and the reader cannot
    /// (<see cref="BodyReader{T}.CanBlock"/>).</exception>
    public Task<IReadOnlyList<DownloadResult<T>>> RunAsync<T>(
        DownloadRequest request, BodyReader<T> reader, CancellationToken cancellationToken = default) =>
        RunAsync(request, reader, static result => result, cancellationToken);

    /// <summary>Downloads every item of the run once, until there is none left.</summary>
    /// <param name="run">The run.</param>
    protected abstract Task DownloadAllAsync(DownloadRun run);

    /// <summary>Refuses a reader that this strategy cannot use.</summary>
    internal void ThrowIfUnusable<T>(BodyReader<T> reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        if (Kind is StrategyKind.Asynchronous || reader.CanBlock) return;
        throw new ArgumentException(
            $"{Name} blocks its threads; it must be an asynchronous strategy, since the reader has no synchronous form.", nameof(reader));
    }

    /// <summary>Downloads every item of the run; does not block the caller while downloads wait.</summary>
    internal Task ExecuteAsync(DownloadRun run) => Kind is StrategyKind.Asynchronous
        ? DownloadAllAsync(run)
        : Task.Factory.StartNew(
            () => DownloadAllAsync(run),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default).Unwrap();

    private async Task<IReadOnlyList<TResult>> RunAsync<T, TResult>(
        DownloadRequest request, BodyReader<T> reader, Func<DownloadResult<T>, TResult> convert, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Workers, 1);
        if (request.Uris.Contains(null!)) throw new ArgumentException("A URI on the list is null.", nameof(request));
        ThrowIfUnusable(reader);
        if (request.Uris.Count == 0) return [];
        var results = new ResultList<T, TResult>(request, convert);
        var items = new ListedItems(request.Uris, cancellationToken);
        var workers = Math.Min(request.Workers, request.Uris.Count);
        var run = new DownloadRun<T>(items, workers, request.Clients, reader, results, cancellationToken);
        await ExecuteAsync(run).ConfigureAwait(false);
        var isCancelled = cancellationToken.IsCancellationRequested;
        return results.Finish(isCancelled ? DownloadFailure.Cancelled : DownloadFailure.NeverDownloaded);
    }
}

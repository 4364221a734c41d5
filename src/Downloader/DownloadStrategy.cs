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

    /// <summary>Downloads everything on the list. Blocking strategies with a limit block the caller until all is done and return a
    /// completed task.</summary>
    /// <param name="request">What to download, how many at once, and with which clients.</param>
    /// <param name="cancellationToken">Stops the run; the results show which downloads it stopped.</param>
    /// <returns>One result per URI, in the order of the list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 worker.</exception>
    /// <exception cref="ArgumentException">A URI on the list is null.</exception>
    public async Task<IReadOnlyList<DownloadResult>> RunAsync(DownloadRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Workers, 1);
        if (request.Uris.Contains(null!)) throw new ArgumentException("A URI on the list is null.", nameof(request));
        if (request.Uris.Count == 0) return [];
        var run = new DownloadRun(request, cancellationToken);
        await DownloadAllAsync(run).ConfigureAwait(false);
        return run.Finish();
    }

    /// <summary>Downloads every index of the run once, also when it is cancelled: the downloads of a cancelled run return at
    /// once.</summary>
    /// <param name="run">The run; it has 1 download or more.</param>
    protected abstract Task DownloadAllAsync(DownloadRun run);
}

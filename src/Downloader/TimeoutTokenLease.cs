using System.Collections.Concurrent;

namespace Downloader;

/// <summary>A token that is cancelled by the caller or by a timeout, from pooled sources: a download allocates none.</summary>
internal readonly struct TimeoutTokenLease : IDisposable
{
    // More than that many at once and the rest are left to the garbage collector.
    private const int MostPooled = 1024;
    private static readonly ConcurrentQueue<CancellationTokenSource> Pool = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    private TimeoutTokenLease(CancellationTokenSource source, CancellationToken caller)
    {
        _source = source;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
    }

    /// <summary>Cancelled when the time is up or the caller's token is.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Begins to count.</summary>
    /// <param name="timeout">More than zero, or infinite.</param>
    /// <param name="caller">The caller's token.</param>
    public static TimeoutTokenLease Start(TimeSpan timeout, CancellationToken caller)
    {
        if (!Pool.TryDequeue(out var source)) source = new CancellationTokenSource();
        source.CancelAfter(timeout);
        return new TimeoutTokenLease(source, caller);
    }

    /// <summary>Gives the source back, unless it was cancelled: that cannot be undone.</summary>
    public void Dispose()
    {
        // Waits for a callback that runs just now: after it nobody else holds the source.
        _registration.Dispose();
        if (Pool.Count < MostPooled && _source.TryReset()) Pool.Enqueue(_source);
        else _source.Dispose();
    }
}

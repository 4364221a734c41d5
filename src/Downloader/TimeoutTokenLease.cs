using System.Collections.Concurrent;

namespace Downloader;

/// <summary>A token that the caller or a timeout cancels. Its sources are pooled, so that a download allocates none.</summary>
internal readonly struct TimeoutTokenLease : IDisposable
{
    // Sources beyond this number are left to the garbage collector.
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<CancellationTokenSource> Pool = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    private TimeoutTokenLease(CancellationTokenSource source, CancellationToken caller)
    {
        _source = source;
        _registration = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source);
    }

    /// <summary>Cancelled when the timeout has passed or the caller's token is cancelled.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Starts the timeout.</summary>
    /// <param name="timeout">More than zero, or infinite.</param>
    /// <param name="caller">The caller's token.</param>
    public static TimeoutTokenLease Start(TimeSpan timeout, CancellationToken caller)
    {
        if (!Pool.TryDequeue(out var source)) source = new CancellationTokenSource();
        source.CancelAfter(timeout);
        return new TimeoutTokenLease(source, caller);
    }

    /// <summary>Returns the source to the pool, unless it was cancelled: that cannot be undone.</summary>
    public void Dispose()
    {
        // Waits for a callback that is running; after it nothing else uses the source.
        _registration.Dispose();
        if (Pool.Count < MaxPooled && _source.TryReset()) Pool.Enqueue(_source);
        else _source.Dispose();
    }
}

using System.Threading.Channels;

namespace Downloader;

/// <summary>Results on their way to a caller who takes them one by one; downloads wait while too many are not taken yet.</summary>
/// <param name="capacity">The most results that wait; null for no limit.</param>
/// <param name="cancellationToken">When cancelled, no download waits any more: those that have ended hand over their result.</param>
internal sealed class ResultStream<T>(int? capacity, CancellationToken cancellationToken) : ResultSink<T>, IDisposable
{
    // A bounded channel would need a thread of the pool to wake a blocked writer, and the blocked writers may have taken them all.
    private readonly SemaphoreSlim? _room = capacity is { } limit ? new SemaphoreSlim(limit) : null;
    private readonly Channel<DownloadResult<T>> _results =
        Channel.CreateUnbounded<DownloadResult<T>>(new UnboundedChannelOptions { SingleReader = true });

    public override void Add(DownloadResult<T> result)
    {
        if (IsStopped(result)) return;
        try
        {
            _room?.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The run ends, so that the number of results is limited by what is in flight.
        }

        _results.Writer.TryWrite(result);
    }

    public override async ValueTask AddAsync(DownloadResult<T> result)
    {
        if (IsStopped(result)) return;
        try
        {
            if (_room is not null) await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // As above.
        }

        _results.Writer.TryWrite(result);
    }

    /// <summary>Says that no more results come.</summary>
    public void Complete() => _results.Writer.Complete();

    /// <summary>The results as they come, to the last one.</summary>
    public async IAsyncEnumerable<DownloadResult<T>> ReadAllAsync()
    {
        while (await _results.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (_results.Reader.TryRead(out var result))
            {
                _room?.Release();
                yield return result;
            }
        }
    }

    /// <summary>To be called once the run has ended.</summary>
    public void Dispose() => _room?.Dispose();

    /// <summary>A download that the end of the run has stopped has no result: the caller gets the exception of the cancellation.</summary>
    private bool IsStopped(DownloadResult<T> result) =>
        result.Failure?.Reason == FailureReason.Cancelled && cancellationToken.IsCancellationRequested;
}

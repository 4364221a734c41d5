using System.Runtime.ExceptionServices;

namespace Downloader;

/// <summary>The items of an enumerable, which is enumerated once, by one caller at a time, no further than it is asked for.</summary>
/// <param name="uris">The enumerable.</param>
/// <param name="maxAhead">The most items that may be taken and not yet <see cref="Release">released</see>; null for no limit.</param>
/// <param name="cancellationToken">Ends the items; the enumerable gets it too.</param>
internal sealed class StreamedItems(IAsyncEnumerable<Uri> uris, int? maxAhead, CancellationToken cancellationToken)
    : ItemSource, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim? _ahead = maxAhead is null ? null : new SemaphoreSlim(maxAhead.Value);
    private IAsyncEnumerator<Uri>? _enumerator;
    private ExceptionDispatchInfo? _error;
    private bool _hasEnded;
    private long _taken;

    /// <summary>How many items were handed out.</summary>
    public long Taken => Volatile.Read(ref _taken);

    public override DownloadItem? Take()
    {
        try
        {
            _ahead?.Wait(cancellationToken);
            _turn.Wait(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            if (_hasEnded) return End();
            var next = StartNext();
            // This thread is one that may block; an enumerable that is not asynchronous completes at once.
            var isThere = next.IsCompleted ? next.GetAwaiter().GetResult() : next.AsTask().GetAwaiter().GetResult();
            return isThere ? CreateItem() : End();
        }
        catch (Exception e)
        {
            return End(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask<DownloadItem?> TakeAsync()
    {
        try
        {
            if (_ahead is not null) await _ahead.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        try
        {
            if (_hasEnded) return End();
            return await StartNext().ConfigureAwait(false) ? CreateItem() : End();
        }
        catch (Exception e)
        {
            return End(e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Says that the caller has got the result of an item that was taken.</summary>
    public void Release() => _ahead?.Release();

    /// <summary>Throws what the enumerable has thrown.</summary>
    public void ThrowIfFailed() => _error?.Throw();

    /// <summary>Ends the enumeration.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            _hasEnded = true;
            if (_enumerator is not null) await _enumerator.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            End(e);
        }
        finally
        {
            _enumerator = null;
            _turn.Release();
        }
    }

    private ValueTask<bool> StartNext()
    {
        cancellationToken.ThrowIfCancellationRequested();
        _enumerator ??= uris.GetAsyncEnumerator(cancellationToken);
        return _enumerator.MoveNextAsync();
    }

    private DownloadItem CreateItem()
    {
        var index = _taken;
        var uri = _enumerator!.Current ?? throw new ArgumentException($"The URI at index {index} is null.");
        _taken = index + 1;
        return new DownloadItem(index, uri);
    }

    /// <summary>Ends the items for all who ask.</summary>
    private DownloadItem? End(Exception? error = null)
    {
        _hasEnded = true;
        // Those who wait for a place find the end.
        _ahead?.Release();
        var isCancellation = error is OperationCanceledException && cancellationToken.IsCancellationRequested;
        if (error is not null && !isCancellation) _error ??= ExceptionDispatchInfo.Capture(error);
        return null;
    }
}

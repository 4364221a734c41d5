using System.Runtime.ExceptionServices;

namespace Downloader;

/// <summary>One run of a strategy: its downloads by index, and their results.</summary>
/// <remarks>Neither <see cref="Download"/> nor <see cref="DownloadAsync"/> throws; once cancelled, both return at once.</remarks>
public sealed class DownloadRun
{
    private readonly DownloadRequest _request;
    private readonly DownloadResult[] _results;
    private ExceptionDispatchInfo? _callbackError;
    private int _taken = -1;

    internal DownloadRun(DownloadRequest request, CancellationToken cancellationToken)
    {
        _request = request;
        _results = new DownloadResult[request.Uris.Count];
        CancellationToken = cancellationToken;
    }

    /// <summary>How many downloads there are, 1 or more.</summary>
    public int Count => _results.Length;

    /// <summary>The most in flight at once: the request's workers, but not more than there are downloads.</summary>
    public int Workers => Math.Min(_request.Workers, Count);

    /// <summary>Stops the run.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Takes the next index off the list, for workers that share it. Thread-safe.</summary>
    /// <param name="index">An index that no other worker has.</param>
    /// <returns>False when none is left.</returns>
    public bool TryTake(out int index) => (index = Interlocked.Increment(ref _taken)) < Count;

    /// <summary>Downloads one URI, blocking the calling thread until it is done.</summary>
    /// <param name="index">Its place in the list.</param>
    public void Download(int index)
    {
        var uri = _request.Uris[index];
        DownloadResult result;
        try
        {
            result = CancellationToken.IsCancellationRequested ? Failed(uri, DownloadFailure.Cancelled) : Get(uri);
        }
        catch (Exception e)
        {
            result = Failed(uri, new DownloadFailure(FailureReason.Other, e.Message));
        }

        Complete(index, result);
    }

    /// <summary>Downloads one URI, holding no thread while it waits.</summary>
    /// <param name="index">Its place in the list.</param>
    public async Task DownloadAsync(int index)
    {
        var uri = _request.Uris[index];
        DownloadResult result;
        try
        {
            if (CancellationToken.IsCancellationRequested)
            {
                result = Failed(uri, DownloadFailure.Cancelled);
            }
            else
            {
                var client = _request.Clients.Rent();
                try
                {
                    result = await client.GetAsync(uri, CancellationToken).ConfigureAwait(false);
                }
                finally
                {
                    _request.Clients.Release(client);
                }
            }
        }
        catch (Exception e)
        {
            result = Failed(uri, new DownloadFailure(FailureReason.Other, e.Message));
        }

        Complete(index, result);
    }

    /// <summary>The results, once the strategy is done. A download that it left out is a failure.</summary>
    internal IReadOnlyList<DownloadResult> Finish()
    {
        var reason = CancellationToken.IsCancellationRequested ? DownloadFailure.Cancelled : DownloadFailure.NeverDownloaded;
        for (var index = 0; index < Count; index++)
        {
            var isMissing = _results[index].Uri is null;
            if (isMissing) Complete(index, Failed(_request.Uris[index], reason));
        }

        _callbackError?.Throw();
        return _results;
    }

    private DownloadResult Get(Uri uri)
    {
        var client = _request.Clients.Rent();
        try
        {
            return client.Get(uri, CancellationToken);
        }
        finally
        {
            _request.Clients.Release(client);
        }
    }

    private static DownloadResult Failed(Uri uri, DownloadFailure failure) => new(uri, 0, TimeSpan.Zero, failure);

    private void Complete(int index, DownloadResult result)
    {
        _results[index] = result;
        try
        {
            _request.OnCompleted?.Invoke(index, result);
        }
        catch (Exception e)
        {
            // Thrown here it would end a worker, or the process. The downloads go on, and the run throws it at the end.
            Interlocked.CompareExchange(ref _callbackError, ExceptionDispatchInfo.Capture(e), null);
        }
    }
}

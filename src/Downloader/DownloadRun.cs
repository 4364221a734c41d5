namespace Downloader;

/// <summary>One run of a strategy: the downloads by index, and their results.</summary>
/// <remarks>Neither <see cref="Download"/> nor <see cref="DownloadAsync"/> throws; once cancelled, both return at once.</remarks>
public sealed class DownloadRun
{
    private readonly DownloadRequest _request;
    private readonly DownloadResult[] _results;

    internal DownloadRun(DownloadRequest request, CancellationToken cancellationToken)
    {
        _request = request;
        _results = new DownloadResult[request.Uris.Count];
        CancellationToken = cancellationToken;
    }

    /// <summary>How many downloads there are.</summary>
    public int Count => _results.Length;

    /// <summary>The most in flight at once.</summary>
    public int Workers => _request.Workers;

    /// <summary>Stops the run.</summary>
    public CancellationToken CancellationToken { get; }

    internal IReadOnlyList<DownloadResult> Results => _results;

    /// <summary>Downloads one URI, blocking the calling thread until it is done.</summary>
    /// <param name="index">Its place in the list.</param>
    public void Download(int index)
    {
        var client = _request.Clients.Rent();
        try
        {
            Complete(index, client.Get(_request.Uris[index], CancellationToken));
        }
        finally
        {
            _request.Clients.Release(client);
        }
    }

    /// <summary>Downloads one URI, holding no thread while it waits.</summary>
    /// <param name="index">Its place in the list.</param>
    public async Task DownloadAsync(int index)
    {
        var client = _request.Clients.Rent();
        try
        {
            Complete(index, await client.GetAsync(_request.Uris[index], CancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _request.Clients.Release(client);
        }
    }

    private void Complete(int index, DownloadResult result)
    {
        _results[index] = result;
        _request.Completed?.Invoke(index, result);
    }
}

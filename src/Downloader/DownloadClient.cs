namespace Downloader;

/// <summary>A session: connections that its downloads share, and the limits each download keeps to. Thread-safe.</summary>
public sealed class DownloadClient : IDisposable
{
    /// <summary>Downloads one URI, blocking the calling thread; never throws for what a server or a network can do.</summary>
    public DownloadResult Get(Uri uri, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Downloads one URI, holding no thread while it waits; never throws for what a server or a network can do.</summary>
    public Task<DownloadResult> GetAsync(Uri uri, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Closes its connections.</summary>
    public void Dispose() { }
}

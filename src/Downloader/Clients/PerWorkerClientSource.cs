using System.Collections.Concurrent;

namespace Downloader;

/// <summary>A session per worker: a client is held by one download at a time, so there are as many as there were downloads in
/// flight.</summary>
/// <param name="options">The settings of its downloads.</param>
public sealed class PerWorkerClientSource(DownloaderOptions options) : IClientSource, IDisposable
{
    private readonly ConcurrentQueue<DownloadClient> _idle = new();
    private volatile bool _disposed;

    /// <inheritdoc/>
    public DownloadClient Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _idle.TryDequeue(out var client) ? client : new DownloadClient(DownloadHandlerFactory.Create(options), options);
    }

    /// <inheritdoc/>
    public void Release(DownloadClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _idle.Enqueue(client);
        if (_disposed) DisposeIdle();
    }

    /// <summary>Closes all connections; those of clients that are still rented are closed when they are released.</summary>
    public void Dispose()
    {
        _disposed = true;
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (_idle.TryDequeue(out var client)) client.Dispose();
    }
}

namespace Downloader;

/// <summary>One session for all: every download uses the same client and reuses the connections of the ones before it.</summary>
/// <param name="options">The settings of its downloads.</param>
public sealed class SharedClientSource(DownloaderOptions options) : IClientSource, IDisposable
{
    private readonly DownloadClient _client = new(DownloadHandlerFactory.Create(options), options);

    /// <inheritdoc/>
    public DownloadClient Rent() => _client;

    /// <inheritdoc/>
    public void Release(DownloadClient client)
    {
        // It stays open for the next download.
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _client.Dispose();
}

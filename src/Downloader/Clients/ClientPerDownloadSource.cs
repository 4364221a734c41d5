namespace Downloader;

/// <summary>No session: each download has a client, and so a connection, of its own, which ends with it.</summary>
/// <param name="options">The settings of its downloads.</param>
public sealed class ClientPerDownloadSource(DownloaderOptions options) : IClientSource
{
    /// <inheritdoc/>
    public DownloadClient Rent() => new(DownloadHandlerFactory.Create(options), options);

    /// <inheritdoc/>
    public void Release(DownloadClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        client.Dispose();
    }
}

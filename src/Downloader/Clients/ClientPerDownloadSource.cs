namespace Downloader;

/// <summary>No session: each download has a client, and so a connection, of its own, which ends with it.</summary>
/// <param name="options">How its downloads are made.</param>
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

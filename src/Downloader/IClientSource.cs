namespace Downloader;

/// <summary>Rents out clients: decides which downloads share a session (a client and its connections).</summary>
/// <remarks>Every strategy rents a client for each download and releases it afterwards, so that the source alone decides what is shared:
/// one client for all downloads, a new one for each, or one for each worker.</remarks>
public interface IClientSource
{
    /// <summary>A client for one download. Thread-safe.</summary>
    DownloadClient Rent();

    /// <summary>Takes back a client from <see cref="Rent"/> once its download has ended. Thread-safe.</summary>
    /// <param name="client">The rented client.</param>
    void Release(DownloadClient client);
}

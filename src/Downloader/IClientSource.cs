namespace Downloader;

/// <summary>Hands out clients: the policy of which downloads share a session (a client and its connections).</summary>
/// <remarks>Every strategy rents a client for each download and releases it after, so the policy decides alone what is shared:
/// one client for all, a new one each, or one per worker.</remarks>
public interface IClientSource
{
    /// <summary>A client for one download. Thread-safe.</summary>
    DownloadClient Rent();

    /// <summary>Takes back what <see cref="Rent"/> gave, once its download has ended. Thread-safe.</summary>
    /// <param name="client">The rented client.</param>
    void Release(DownloadClient client);
}

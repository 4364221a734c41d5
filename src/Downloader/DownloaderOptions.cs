namespace Downloader;

/// <summary>How each download is made.</summary>
public sealed class DownloaderOptions
{
    /// <summary>The longest one download may take, connection and body included; more than zero, or
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body taken, in bytes, 0 or more. Default 100,000,000.</summary>
    public long MaxBytes { get; set; } = 100_000_000;

    /// <summary>The most connections to one server, 1 or more. Set it to the worker count: then no connection is opened that no worker needs.
    /// Default 64.</summary>
    public int MaxConnectionsPerServer { get; set; } = 64;

    /// <summary>How long a connection may live before a new one takes its place, so that changes in DNS are seen. Default 2 minutes.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The HTTP version asked for, exactly. Blocking strategies need 1.1, the default: a synchronous send over HTTP/2 does not exist.</summary>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>A last word on the handler, for what is not an option here (a proxy, a certificate to trust).</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }
}

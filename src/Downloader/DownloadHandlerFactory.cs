using System.Net;

namespace Downloader;

/// <summary>Makes the handler that opens the connections.</summary>
public static class DownloadHandlerFactory
{
    private const int MostRedirects = 10;

    /// <summary>A new handler, with connections of its own.</summary>
    /// <param name="options">Its settings; <see cref="DownloaderOptions.ConfigureHandler"/> has the last word.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message says which and what it takes.</exception>
    public static SocketsHttpHandler Create(DownloaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        var handler = new SocketsHttpHandler
        {
            MaxConnectionsPerServer = options.MaxConnectionsPerServer,
            PooledConnectionLifetime = options.PooledConnectionLifetime,
            ConnectTimeout = options.Timeout,
            // Redirects are followed, but never from https to http: the handler sees to that itself.
            MaxAutomaticRedirections = MostRedirects,
            // Downloads must not influence each other, and count the bytes the server sent.
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            // A body that is not wanted any more is not read to its end: its connection is closed, at once.
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,
            // No tracing headers: they would cost each request, and tell the server about the caller.
            ActivityHeadersPropagator = null,
        };
        options.ConfigureHandler?.Invoke(handler);
        return handler;
    }
}

using System.Net;

namespace Downloader;

/// <summary>Makes the handler that opens the connections.</summary>
public static class DownloadHandlerFactory
{
    /// <summary>A new handler, with connections of its own.</summary>
    /// <param name="options">Its settings; <see cref="DownloaderOptions.ConfigureHandler"/> is applied last.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names the option, its value and the
    /// range.</exception>
    public static SocketsHttpHandler Create(DownloaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        var handler = new SocketsHttpHandler
        {
            // As many as the workers need: a connection is opened when a download finds none free.
            MaxConnectionsPerServer = int.MaxValue,
            PooledConnectionLifetime = options.PooledConnectionLifetime,
            ConnectTimeout = options.Timeout,
            // The download follows redirects itself: the handler would contact a target of any scheme.
            AllowAutoRedirect = false,
            // Downloads must not influence each other, and their byte counts are those of the server.
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            // When a body is not read to its end, its connection is closed at once.
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,
            // No tracing headers: they would cost each request time, and give the server information about the caller.
            ActivityHeadersPropagator = null,
        };
        options.ConfigureHandler?.Invoke(handler);
        ConnectionNotingRequest.NoteConnections(handler);
        return handler;
    }
}

namespace Downloader;

/// <summary>A request that knows whether a connection was opened for it.</summary>
/// <param name="uri">What is requested.</param>
internal sealed class ConnectionNotingRequest(Uri uri) : HttpRequestMessage(HttpMethod.Get, uri)
{
    private volatile bool _hasOpenedConnection;

    /// <summary>Whether it found no free connection. It may have been sent over another one, which became free in the meantime.</summary>
    public bool HasOpenedConnection => _hasOpenedConnection;

    /// <summary>Lets a handler note its connections; a filter that is there stays in use.</summary>
    public static void NoteConnections(SocketsHttpHandler handler)
    {
        var next = handler.PlaintextStreamFilter;
        handler.PlaintextStreamFilter = (context, cancellationToken) =>
        {
            if (context.InitialRequestMessage is ConnectionNotingRequest request) request._hasOpenedConnection = true;
            return next is null ? ValueTask.FromResult(context.PlaintextStream) : next(context, cancellationToken);
        };
    }
}

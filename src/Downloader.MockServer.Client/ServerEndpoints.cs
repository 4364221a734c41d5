namespace Downloader.MockServer.Client;

/// <summary>Where the mock server listens, and what it is.</summary>
/// <param name="Http1">Speaks HTTP/1.1 in clear text.</param>
/// <param name="Http2">Speaks HTTP/2 in clear text.</param>
/// <param name="Https">Speaks HTTP/1.1 over TLS.</param>
/// <param name="Certificate">The certificate of the https endpoint (DER, base64), made at the server's start.</param>
/// <param name="Software">What it runs on, with versions.</param>
public sealed record ServerEndpoints(Uri Http1, Uri Http2, Uri Https, string Certificate, string Software)
{
    /// <summary>The endpoint that speaks this protocol.</summary>
    public Uri For(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Http2 => Http2,
        WireProtocol.Https => Https,
        _ => Http1,
    };
}

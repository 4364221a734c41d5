namespace Downloader.MockServer.Client;

/// <summary>The addresses of the mock server, and the software it runs on.</summary>
/// <param name="Http1">The endpoint for HTTP/1.1 in clear text.</param>
/// <param name="Http2">The endpoint for HTTP/2 in clear text.</param>
/// <param name="Https">The endpoint for HTTP/1.1 over TLS.</param>
/// <param name="Certificate">The certificate of the HTTPS endpoint (DER, base64), created when the server starts.</param>
/// <param name="Software">Names and versions of the server's software.</param>
public sealed record ServerEndpoints(Uri Http1, Uri Http2, Uri Https, string Certificate, string Software)
{
    /// <summary>The endpoint for this protocol.</summary>
    public Uri For(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Http2 => Http2,
        WireProtocol.Https => Https,
        _ => Http1,
    };
}

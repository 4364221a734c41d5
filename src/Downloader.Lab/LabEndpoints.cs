namespace Downloader.Lab;

/// <summary>Where the mock server listens, and the certificate of its https endpoint (DER, base64), made at its start.</summary>
public sealed record LabEndpoints(Uri Http1, Uri Http2, Uri Https, string Certificate)
{
    /// <summary>The endpoint that speaks this protocol.</summary>
    public Uri For(WireProtocol protocol) => protocol switch
    {
        WireProtocol.Http2 => Http2,
        WireProtocol.Https => Https,
        _ => Http1,
    };
}

namespace Downloader.MockServer.Client;

/// <summary>The protocol between client and server.</summary>
public enum WireProtocol : byte
{
    /// <summary>HTTP/1.1 in clear text.</summary>
    Http1,

    /// <summary>HTTP/2 in clear text, with prior knowledge.</summary>
    Http2,

    /// <summary>HTTP/1.1 over TLS.</summary>
    Https,
}

using System.Security.Cryptography.X509Certificates;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>What a calibration may send.</summary>
/// <param name="Target">Where to.</param>
public sealed record ProbeOptions(ProbeTarget Target)
{
    /// <summary>The most requests, robots.txt included.</summary>
    public int MaxRequests { get; init; } = 300;

    /// <summary>The most requests in flight at once.</summary>
    public int MaxWorkers { get; init; } = 32;

    /// <summary>How long it may take, without the waits that the server asks for.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest a request may take before the usual duration is known.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The pause after robots.txt. A server that counts the requests of a second has then forgotten this one, which is not among
    /// those that the fit sees.</summary>
    internal TimeSpan PauseAfterRobots { get; init; } = TimeSpan.FromSeconds(1.05);

    /// <summary>HTTP/2 instead of HTTP/1.1: in clear text with prior knowledge, over TLS by negotiation.</summary>
    public bool UsesHttp2 { get; init; }

    /// <summary>Headers of each request beside <c>User-Agent</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Certificates that are trusted beside those of the system.</summary>
    public X509Certificate2Collection TrustedCertificates { get; init; } = [];

    /// <summary>The <c>User-Agent</c> of each request.</summary>
    public string UserAgent { get; init; } = ProbeUserAgent.Text;

    /// <summary>Applies what concerns the connections: no proxy on this machine, and the certificates.</summary>
    public void Configure(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (Target.IsLoopback) handler.UseProxy = false;
        if (TrustedCertificates.Count > 0)
            handler.SslOptions.RemoteCertificateValidationCallback = AdditionalTrust.Create(TrustedCertificates);
    }
}

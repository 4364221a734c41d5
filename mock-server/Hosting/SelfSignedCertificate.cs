using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Downloader.MockServer.Hosting;

/// <summary>A certificate for the HTTPS endpoint, created at each start and kept in memory. Clients get it from the control
/// paths.</summary>
internal static class SelfSignedCertificate
{
    public static X509Certificate2 Create(IPAddress bind)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Downloader mock server", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        foreach (var address in new HashSet<IPAddress> { IPAddress.Loopback, IPAddress.IPv6Loopback, bind })
            names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        // Clocks of two machines differ.
        var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        if (!OperatingSystem.IsWindows()) return certificate;

        // Windows' TLS does not accept a key that was never in a key store.
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}

using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Trust in certificates beside those of the system. Names and dates are checked all the same.</summary>
internal static class AdditionalTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Accepts what the system accepts, and what one of these certificates has signed.</summary>
    public static RemoteCertificateValidationCallback Create(X509Certificate2Collection certificates) => (_, certificate, chain, errors) =>
        errors == SslPolicyErrors.None
        || (errors == SslPolicyErrors.RemoteCertificateChainErrors
            && certificate is X509Certificate2 shown
            && IsSignedBy(certificates, shown, chain));

    private static bool IsSignedBy(X509Certificate2Collection certificates, X509Certificate2 shown, X509Chain? given)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(certificates);
        // The intermediate certificates that the server sent.
        if (given is not null) chain.ChainPolicy.ExtraStore.AddRange(given.ChainPolicy.ExtraStore);
        return chain.Build(shown);
    }
}

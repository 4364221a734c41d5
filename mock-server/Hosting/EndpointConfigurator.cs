using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using Downloader.MockServer.Client;
using Downloader.MockServer.Middleware;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Downloader.MockServer.Hosting;

/// <summary>The three endpoints, one for each protocol, and where they are once the server listens.</summary>
internal sealed class EndpointConfigurator(ServerSettings settings, ServerState lab, X509Certificate2 certificate)
{
    private static readonly string WireMockVersion =
        typeof(WireMock.Server.WireMockServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private IReadOnlyList<int> _ports = [];

    /// <summary>The main endpoint, as this machine reaches it: an address that means all addresses is none to connect to.</summary>
    public Uri Main => Address(
        "http",
        (settings.Bind.Equals(IPAddress.Any) ? IPAddress.Loopback : settings.Bind.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : settings.Bind).ToString(),
        WireProtocol.Http1);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        Listen(kestrel, settings.Port, WireProtocol.Http1, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        Listen(kestrel, settings.Http2Port, WireProtocol.Http2, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        Listen(kestrel, settings.HttpsPort, WireProtocol.Https, endpoint =>
        {
            endpoint.Protocols = HttpProtocols.Http1;
            endpoint.UseHttps(certificate);
        });
    }

    /// <summary>The ports that were taken, in the order of <see cref="Configure"/>.</summary>
    public void Started(IReadOnlyList<int> ports) => _ports = ports;

    /// <summary>The endpoints, under the name by which the client found this one.</summary>
    public ServerEndpoints Endpoints(string host) => new(
        Address("http", host, WireProtocol.Http1),
        Address("http", host, WireProtocol.Http2),
        Address("https", host, WireProtocol.Https),
        Convert.ToBase64String(certificate.RawData),
        $"WireMock.Net {WireMockVersion} on {RuntimeInformation.FrameworkDescription}");

    private Uri Address(string scheme, string host, WireProtocol protocol) => new UriBuilder(scheme, host, _ports[(int)protocol]).Uri;

    private void Listen(KestrelServerOptions kestrel, int port, WireProtocol protocol, Action<ListenOptions> configure) =>
        kestrel.Listen(settings.Bind, port, endpoint =>
        {
            // First of all, so that it lies below TLS.
            ((IConnectionBuilder)endpoint).Use(next => new ConnectionMiddleware(next, lab, protocol).Invoke);
            configure(endpoint);
        });
}

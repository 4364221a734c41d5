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

/// <summary>The three endpoints, one for each protocol, and their addresses once the server is listening.</summary>
internal sealed class EndpointConfigurator(ServerSettings settings, ServerState state, X509Certificate2 certificate)
{
    private static readonly string WireMockVersion =
        typeof(WireMock.Server.WireMockServer).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private IReadOnlyList<int> _ports = [];

    /// <summary>The address of the main endpoint for clients on this machine.</summary>
    public Uri Main => GetAddress("http", GetReachable(settings.Bind).ToString(), WireProtocol.Http1);

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

    /// <summary>Sets the ports on which the server is listening, in the order of <see cref="Configure"/>.</summary>
    public void SetPorts(IReadOnlyList<int> ports) => _ports = ports;

    /// <summary>The endpoints, under the host name that the client used.</summary>
    public ServerEndpoints GetEndpoints(string host) => new(
        GetAddress("http", host, WireProtocol.Http1),
        GetAddress("http", host, WireProtocol.Http2),
        GetAddress("https", host, WireProtocol.Https),
        Convert.ToBase64String(certificate.RawData),
        $"WireMock.Net {WireMockVersion} on {RuntimeInformation.FrameworkDescription}");

    /// <summary>No client can connect to the address that means all addresses: loopback reaches it.</summary>
    private static IPAddress GetReachable(IPAddress bind)
    {
        if (bind.Equals(IPAddress.Any)) return IPAddress.Loopback;
        return bind.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : bind;
    }

    private Uri GetAddress(string scheme, string host, WireProtocol protocol) => new UriBuilder(scheme, host, _ports[(int)protocol]).Uri;

    private void Listen(KestrelServerOptions kestrel, int port, WireProtocol protocol, Action<ListenOptions> configure) =>
        kestrel.Listen(settings.Bind, port, endpoint =>
        {
            // First of all, so that it lies below TLS.
            ((IConnectionBuilder)endpoint).Use(next => new ConnectionMiddleware(next, state, protocol).Invoke);
            configure(endpoint);
        });
}

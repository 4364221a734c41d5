using System.Net;
using Downloader.MockServer.Client;
using Downloader.MockServer.Hosting;

namespace Downloader.Tests.Support;

/// <summary>The mock server in this process, on real sockets: for tests of a setting that a server has from its start, which a server of
/// the pool does not have. It has no latency.</summary>
internal static class InProcessServer
{
    /// <param name="bind">The address to listen on.</param>
    /// <param name="remoteControl">Whether other machines may use the control paths.</param>
    public static AuditedMockServer Start(IPAddress bind, bool remoteControl = false) => AuditedMockServer.Start(new ServerSettings(
        new Scenario { Latency = TimeSpan.Zero },
        bind,
        Port: 0,
        Http2Port: 0,
        HttpsPort: 0,
        remoteControl,
        EndWithInput: false));
}

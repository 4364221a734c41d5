using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Hosting;

/// <summary>Sends requests through the whole path before the server reports that it is ready, so that the first measured one is not the
/// first ever.</summary>
internal static class WarmUp
{
    private const int Connections = 8;
    private const int RequestsPerConnection = 500;

    public static void Run(Uri server)
    {
        using var client = new MockServerClient(server);
        client.BeginIteration();
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => SendRequests(server)))).GetAwaiter().GetResult();
        client.EndIteration();
        client.ReadAudit();
    }

    private static async Task SendRequests(Uri server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        for (var i = 0; i < RequestsPerConnection; i++)
        {
            await client.GetByteArrayAsync(i % 2 == 0 ? Pages.JythonPath : Pages.DicePath);
        }
    }
}

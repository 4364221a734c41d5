using Downloader.MockServer.Client;
using Downloader.MockServer.Simulation;

namespace Downloader.MockServer.Hosting;

/// <summary>Requests through the whole path before the server says that it is ready, so that the first measured one is not the first ever.</summary>
internal static class WarmUp
{
    private const int Connections = 8;
    private const int RequestsEach = 500;

    public static void Run(Uri server)
    {
        Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(() => RequestTrace(server)))).GetAwaiter().GetResult();
        using var lab = new MockServerClient(server);
        lab.BeginIteration();
        lab.EndIteration();
        lab.ReadAudit();
    }

    private static async Task RequestTrace(Uri server)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        for (var i = 0; i < RequestsEach; i++)
            await client.GetByteArrayAsync(i % 2 == 0 ? Pages.JythonPath : Pages.DicePath);
    }
}

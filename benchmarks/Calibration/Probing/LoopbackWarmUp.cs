using System.Net;
using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Runs the whole path of a request once against a listener in this process, so that the time of the JIT compiler is not taken for
/// the server's.</summary>
public static class LoopbackWarmUp
{
    private const int Connections = 3;
    private const int RequestsPerConnection = 20;

    private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"u8.ToArray();
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Sends some requests as a calibration sends them.</summary>
    internal static Task RunAsync(CancellationToken cancellationToken) => RunAsync(async url =>
    {
        var options = new ProbeOptions(ProbeTarget.Parse([url.AbsoluteUri]));
        var clock = new ProbeClock();
        var budget = new RequestBudget(int.MaxValue);
        for (var connection = 0; connection < Connections; connection++)
        {
            using var client = new ProbeClient(options, clock, budget);
            for (var request = 0; request < RequestsPerConnection; request++) await client.GetAsync(url, Timeout, cancellationToken);
        }
    });

    /// <summary>Starts a listener, lets it be used, and stops it.</summary>
    /// <param name="use">Sends requests to the URL that it is given.</param>
    public static async Task RunAsync(Func<Uri, Task> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = AcceptAsync(listener);
        await use(new Uri($"http://{listener.LocalEndpoint}/"));
        listener.Stop();
        await accepting;
    }

    private static async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            using var reader = new StreamReader(client.GetStream());
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length == 0) await client.GetStream().WriteAsync(Answer);
            }
        }
        catch (IOException)
        {
            // The client has closed the connection.
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Downloader.Tests.Benchmarks.Calibration;

/// <summary>A server that answers as a test says, byte by byte, and keeps what it was sent.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    public const string NotFound = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";

    /// <summary>Instead of an answer the connection is closed.</summary>
    public const string Close = "";

    private const string RobotsPath = "/robots.txt";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ScriptedRequest, Task<string?>> _answer;
    private readonly TaskCompletionSource _disposed = new();
    private int _inFlight;
    private int _pages;

    /// <param name="answer">The bytes of an answer; null for none, with the connection left open.</param>
    /// <param name="robots">The answer for robots.txt.</param>
    public ScriptedServer(Func<ScriptedRequest, Task<string?>> answer, string robots = NotFound)
    {
        _answer = request => request.Path == RobotsPath ? Task.FromResult<string?>(robots) : answer(request);
        _listener.Start();
        _ = AcceptAsync();
    }

    public ScriptedServer(Func<ScriptedRequest, string?> answer, string robots = NotFound)
        : this(request => Task.FromResult(answer(request)), robots)
    {
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public Uri Page => new(Address, "/page");

    /// <summary>All requests, in the order of their arrival.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>Those for other paths than robots.txt.</summary>
    public IReadOnlyList<ScriptedRequest> PageRequests => [.. Requests.Where(request => request.Path != RobotsPath)];

    public static string WithBody(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public void Dispose()
    {
        _listener.Dispose();
        _disposed.TrySetResult();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        using var reader = new StreamReader(client.GetStream());
        try
        {
            while (await ReadHeadAsync(reader) is { } head)
            {
                var path = head[0].Split(' ')[1];
                var index = path == RobotsPath ? -1 : Interlocked.Increment(ref _pages) - 1;
                var request = new ScriptedRequest(path, index, head, Interlocked.Increment(ref _inFlight), Stopwatch.GetTimestamp());
                Requests.Enqueue(request);
                var answer = await _answer(request);
                request.Answered = Stopwatch.GetTimestamp();
                if (answer is null) await _disposed.Task;
                Interlocked.Decrement(ref _inFlight);
                if (answer == Close) return;
                if (answer is not null) await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (IOException)
        {
            // The client has closed the connection.
        }
    }

    private static async Task<IReadOnlyList<string>?> ReadHeadAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length == 0) return lines;
            lines.Add(line);
        }

        return null;
    }
}

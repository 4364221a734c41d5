using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Downloader.Tests.Library;

/// <summary>A small HTTP/1.1 server on a loopback socket that misbehaves as the path asks, and counts what it sees.</summary>
internal sealed class HostileServer : IDisposable
{
    public const int GoodBytes = 1000;
    private static readonly byte[] Zeros = new byte[64 * 1024];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly ConcurrentDictionary<string, int> _met = new();
    private int _connections;
    private int _inFlight;
    private int _peak;

    public HostileServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _ = AcceptAsync();
    }

    /// <summary>The path of each request, with the time it came.</summary>
    public ConcurrentQueue<(string Path, long At)> Requests { get; } = new();

    /// <summary>Connections accepted so far.</summary>
    public int Connections => _connections;

    /// <summary>Connections that are open now.</summary>
    public int Open => _open.Count;

    /// <summary>Requests that came and to which no answer has begun, nor has their client gone.</summary>
    public int InFlight => _inFlight;

    /// <summary>The most there ever were in flight.</summary>
    public int Peak => _peak;

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>An address that is answered so.</summary>
    public Uri Url(Answer answer, object? detail = null) => new($"http://127.0.0.1:{Port}/{answer}/{detail ?? "-"}");

    /// <summary>An address that is answered so the first times it is asked for, and well after that.</summary>
    public Uri First(int times, Answer answer, object? detail = null) => new($"http://127.0.0.1:{Port}/First/{times}/{answer}/{detail ?? "-"}");

    public int Seen(Uri uri) => Requests.Count(request => request.Path == uri.AbsolutePath);

    /// <summary>Waits until what it sees is so; fails when that doesn't happen at all.</summary>
    public async Task Until(Func<HostileServer, bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition(this))
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Run.HangLimit, $"Never seen: {what}. In flight {InFlight}, open {Open}, requests {Requests.Count}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var socket in _open.Keys) socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        Interlocked.Increment(ref _connections);
        _open[socket] = true;
        socket.NoDelay = true;
        try
        {
            var buffer = new byte[8192];
            while (await ReadPathAsync(socket, buffer) is { } path && await AnswerAsync(socket, path))
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
        finally
        {
            _open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private static async Task<string?> ReadPathAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            // The end, or a TLS handshake, which this server does not speak.
            if (read == 0 || buffer[0] == 0x16) return null;
            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length).Split(' ')[1];
    }

    private async Task<bool> AnswerAsync(Socket socket, string path)
    {
        Requests.Enqueue((path, Stopwatch.GetTimestamp()));
        var inFlight = Interlocked.Increment(ref _inFlight);
        for (var peak = _peak; inFlight > peak; peak = _peak) Interlocked.CompareExchange(ref _peak, inFlight, peak);
        var parts = path.Split('/')[1..];
        if (parts[0] == "First")
        {
            var good = _met.AddOrUpdate(path, 1, (_, met) => met + 1) > int.Parse(parts[1], CultureInfo.InvariantCulture);
            parts = good ? [nameof(Answer.Good), "-"] : parts[2..];
        }

        var answer = Enum.Parse<Answer>(parts[0]);
        // Long enough for others to overlap with it, were they allowed to.
        if (answer is not Answer.Bytes) await Task.Delay(5);
        if (answer is Answer.Silent) await socket.ReceiveAsync(new byte[1]);
        // Before the answer begins: with it the client may send its next request.
        Interlocked.Decrement(ref _inFlight);
        return await SendAsync(socket, answer, path, parts[1]);
    }

    /// <summary>Whether the connection goes on.</summary>
    private static async Task<bool> SendAsync(Socket socket, Answer answer, string path, string detail)
    {
        switch (answer)
        {
            case Answer.Good:
                return await SendText(socket, $"HTTP/1.1 200 OK\r\nContent-Length: {GoodBytes}\r\n\r\n{new string('x', GoodBytes)}");
            case Answer.GoodChunked:
                return await SendText(socket, $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1f4\r\n{new string('x', 500)}\r\n1f4\r\n{new string('x', 500)}\r\n0\r\n\r\n");
            case Answer.Redirect:
                return await SendText(socket, "HTTP/1.1 302 Found\r\nLocation: /Good/redirected\r\nContent-Length: 0\r\n\r\n");
            case Answer.Bytes:
                var bytes = int.Parse(detail, CultureInfo.InvariantCulture);
                await SendText(socket, $"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n");
                for (; bytes > 0; bytes -= Zeros.Length) await socket.SendAsync(Zeros.AsMemory(0, Math.Min(bytes, Zeros.Length)));
                return true;
            case Answer.Drip:
                await SendText(socket, $"HTTP/1.1 200 OK\r\nContent-Length: {GoodBytes}\r\n\r\n");
                for (var sent = 0; sent < GoodBytes; sent += 100)
                {
                    await Task.Delay(5);
                    await socket.SendAsync(Zeros.AsMemory(0, 100));
                }

                return true;
            case Answer.Reset:
                return Abort(socket);
            case Answer.CutShort:
                await SendText(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                return false;
            case Answer.CutShortChunked:
                await SendText(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n");
                return false;
            case Answer.CutShortReset:
                await SendText(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                // A reset overtakes what was sent before it; let the client read that first.
                await Task.Delay(50);
                return Abort(socket);
            case Answer.Stalled:
                await SendText(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                await socket.ReceiveAsync(new byte[1]);
                return false;
            case Answer.Huge:
                await SendText(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99000000000\r\n\r\n");
                await socket.ReceiveAsync(new byte[1]);
                return false;
            case Answer.Endless or Answer.EndlessError:
                await SendText(socket, $"HTTP/1.1 {(answer is Answer.Endless ? "200 OK" : "500 Internal Server Error")}\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) await SendText(socket, $"2710\r\n{new string('x', 10_000)}\r\n");
            case Answer.NotFound:
                return await SendText(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
            case Answer.ServerError:
                return await SendText(socket, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops");
            case Answer.TooMany:
                return await SendText(socket, $"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {detail}\r\nContent-Length: 0\r\n\r\n");
            case Answer.RedirectLoop:
                return await SendText(socket, $"HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n");
            case Answer.RedirectElsewhere:
                return await SendText(socket, $"HTTP/1.1 302 Found\r\nLocation: ftp://{socket.LocalEndPoint}/Good/ftp\r\nContent-Length: 0\r\n\r\n");
            case Answer.Garbage:
                await SendText(socket, "SMTP says hello\r\n\r\n");
                return false;
            default:
                return false;
        }
    }

    private static bool Abort(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        return false;
    }

    private static async Task<bool> SendText(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return true;
    }
}

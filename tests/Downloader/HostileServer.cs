using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Downloader.Tests.Library;

/// <summary>A small HTTP/1.1 server on a loopback socket that misbehaves as the path says, and counts connections and requests.</summary>
internal sealed class HostileServer : IDisposable
{
    public const int GoodBytes = 1000;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly ConcurrentDictionary<Socket, bool> _unfinished = new();
    private readonly ConcurrentDictionary<string, int> _requestsByPath = new();
    private readonly ConcurrentDictionary<string, byte[]> _rawResponses = new();
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

    /// <summary>Requests that have come, whose response has not begun and whose client is still connected.</summary>
    public int InFlight => _inFlight;

    /// <summary>The largest number that was ever in flight.</summary>
    public int Peak => _peak;

    private int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>An address with this behaviour.</summary>
    public Uri Url(ServerBehavior behavior, object? detail = null) => new($"http://127.0.0.1:{Port}/{behavior}/{detail ?? "-"}");

    /// <summary>An address with this behaviour for the first requests, and a good response after them.</summary>
    public Uri UrlBadAtFirst(int times, ServerBehavior behavior, object? detail = null) =>
        new($"http://127.0.0.1:{Port}/First/{times}/{behavior}/{detail ?? "-"}");

    /// <summary>An address whose response is these bytes, after which the connection is closed.</summary>
    /// <param name="response">Status line, headers and body, as Latin-1.</param>
    public Uri UrlOfRawResponse(string response)
    {
        var id = Guid.NewGuid().ToString("N");
        _rawResponses[id] = Encoding.Latin1.GetBytes(response);
        return Url(ServerBehavior.Raw, id);
    }

    /// <summary>How many requests came for an address.</summary>
    public int CountRequests(Uri uri) => Requests.Count(request => request.Path == uri.AbsolutePath);

    /// <summary>Waits until a condition holds; fails when it does not within <see cref="DownloadRunner.HangLimit"/>.</summary>
    public async Task WaitUntilAsync(Func<HostileServer, bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition(this))
        {
            var hasTime = Stopwatch.GetElapsedTime(started) < DownloadRunner.HangLimit;
            Assert.True(hasTime, $"Never seen: {what}. In flight {InFlight}, open {Open}, requests {Requests.Count}.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Closes the connections of <see cref="ServerBehavior.Silent"/> and <see cref="ServerBehavior.Stalled"/> responses.</summary>
    public void CloseUnfinished()
    {
        foreach (var socket in _unfinished.Keys) socket.Dispose();
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
            bool isKeptOpen;
            do isKeptOpen = await ReadPathAsync(socket, buffer) is { } path && await RespondAsync(socket, path);
            while (isKeptOpen);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client closed the connection.
        }
        finally
        {
            _open.TryRemove(socket, out _);
            _unfinished.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    private static async Task<string?> ReadPathAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            // The end, or a TLS handshake, which this server does not support.
            if (read == 0 || buffer[0] == 0x16) return null;
            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length).Split(' ')[1];
    }

    /// <summary>Returns whether the connection stays open.</summary>
    private async Task<bool> RespondAsync(Socket socket, string path)
    {
        Requests.Enqueue((path, Stopwatch.GetTimestamp()));
        var inFlight = Interlocked.Increment(ref _inFlight);
        for (var peak = _peak; inFlight > peak; peak = _peak) Interlocked.CompareExchange(ref _peak, inFlight, peak);
        var parts = path.Split('/')[1..];
        if (parts[0] == "First")
        {
            var count = _requestsByPath.AddOrUpdate(path, 1, (_, earlier) => earlier + 1);
            var isGood = count > int.Parse(parts[1], CultureInfo.InvariantCulture);
            parts = isGood ? [nameof(ServerBehavior.Good), "-"] : parts[2..];
        }

        var behavior = Enum.Parse<ServerBehavior>(parts[0]);
        // Long enough for requests to overlap where the client allows it.
        if (behavior is not ServerBehavior.Bytes) await Task.Delay(5);
        if (behavior is ServerBehavior.Silent or ServerBehavior.Stalled) _unfinished[socket] = true;
        try
        {
            if (behavior is ServerBehavior.Silent) await socket.ReceiveAsync(new byte[1]);
        }
        finally
        {
            // Before the response begins: once it has, the client may send its next request.
            Interlocked.Decrement(ref _inFlight);
        }

        if (behavior is not ServerBehavior.Raw) return await HostileResponse.SendAsync(socket, behavior, path, parts[1]);
        await socket.SendAsync(_rawResponses[parts[1]]);
        return false;
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>A request that knows the connection that was opened for it, and how long each part of that took.</summary>
/// <param name="uri">What is requested.</param>
internal sealed class ProbeMessage(Uri uri) : HttpRequestMessage(HttpMethod.Get, uri)
{
    private readonly Lock _lock = new();
    private long _connected;
    private TimeSpan? _dns;
    private TimeSpan? _tcp;
    private TimeSpan? _tls;

    /// <summary>When its connection began to be opened, by <see cref="Stopwatch"/>; null when it used one that was open.</summary>
    public long? ConnectStarted { get; private set; }

    /// <summary>What the connection took; null when it used one that was open.</summary>
    public ConnectionTiming? Connection
    {
        get
        {
            lock (_lock)
            {
                return ConnectStarted is null ? null : new ConnectionTiming(_dns, _tcp, _tls);
            }
        }
    }

    /// <summary>Lets a handler time its connections.</summary>
    public static void TimeConnections(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = ConnectAsync;
        handler.PlaintextStreamFilter = (context, _) =>
        {
            // With TLS it is called after the handshake.
            if (context.InitialRequestMessage is ProbeMessage message) message.OnReady();
            return ValueTask.FromResult(context.PlaintextStream);
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var message = context.InitialRequestMessage as ProbeMessage;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var started = Stopwatch.GetTimestamp();
        message?.OnConnecting(started);
        var isAddress = IPAddress.TryParse(host, out var address);
        var addresses = isAddress ? [address!] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        var resolved = Stopwatch.GetTimestamp();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken).ConfigureAwait(false);
            message?.OnConnected(isAddress ? null : Stopwatch.GetElapsedTime(started, resolved), Stopwatch.GetElapsedTime(resolved));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void OnConnecting(long started)
    {
        lock (_lock)
        {
            ConnectStarted = started;
        }
    }

    private void OnConnected(TimeSpan? dns, TimeSpan tcp)
    {
        lock (_lock)
        {
            (_dns, _tcp, _connected) = (dns, tcp, Stopwatch.GetTimestamp());
        }
    }

    private void OnReady()
    {
        lock (_lock)
        {
            if (RequestUri!.Scheme == Uri.UriSchemeHttps) _tls = Stopwatch.GetElapsedTime(_connected);
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Opens the connections of a handler, times them, and refuses those that are for one request too many.</summary>
/// <param name="resends">What a request takes from that is sent again; null where several requests share a connection.</param>
internal sealed class ProbeConnector(RequestBudget? resends)
{
    private long _lastSent;

    /// <summary>Makes it the handler's.</summary>
    public void Attach(SocketsHttpHandler handler)
    {
        handler.ConnectCallback = ConnectAsync;
        handler.PlaintextStreamFilter = (context, _) =>
        {
            // With TLS it is called after the handshake.
            if (context.InitialRequestMessage is ProbeMessage message) message.OnReady();
            return ValueTask.FromResult(context.PlaintextStream);
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var message = context.InitialRequestMessage as ProbeMessage;
        if (message is not null) TakeWhereSentAgain(message);
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
            return new ProbeStream(socket, () => Volatile.Write(ref _lastSent, Stopwatch.GetTimestamp()));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The handler sends a GET again, over a new connection, when the one before breaks before an answer begins.</summary>
    private void TakeWhereSentAgain(ProbeMessage message)
    {
        var isSentAgain = Volatile.Read(ref _lastSent) > message.Created;
        if (isSentAgain && resends?.TryTake() == false) throw new IOException("the connection ended before an answer");
    }
}

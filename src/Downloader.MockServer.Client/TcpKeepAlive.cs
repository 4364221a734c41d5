using System.Net.Sockets;

namespace Downloader.MockServer.Client;

/// <summary>Notices that the other side of an idle connection has vanished: a machine that loses power closes no connection.</summary>
internal static class TcpKeepAlive
{
    // 30 s after the last packet.
    private const int Seconds = 15;
    private const int RepeatSeconds = 5;
    private const int Repeats = 3;

    /// <summary>From here on the system asks the other side when the connection is idle.</summary>
    public static void Start(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, Seconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, RepeatSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Repeats);
    }
}

using System.Net;
using System.Net.Sockets;

namespace Downloader.MockServer.Hosting;

/// <summary>Checks addresses before the server listens on them: WireMock.Net would report the failure ten seconds later, in many
/// lines.</summary>
internal static class PortValidator
{
    /// <exception cref="StartException">A port is in use, or the address is not one of this machine.</exception>
    public static void EnsureAvailable(ServerSettings settings)
    {
        EnsureAvailable("--port", settings.Bind, settings.Port);
        EnsureAvailable("--http2-port", settings.Bind, settings.Http2Port);
        EnsureAvailable("--https-port", settings.Bind, settings.HttpsPort);
    }

    private static void EnsureAvailable(string option, IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException e)
        {
            throw new StartException(e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse => $"{option} {port}: already in use; choose another, or 0 for any free port",
                SocketError.AccessDenied => $"{option} {port}: not allowed for this user; choose one above 1023, or 0 for any free port",
                SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
                    $"--bind {address}: not an address of this machine",
                _ => $"{option} {port}: {e.Message}",
            });
        }
    }
}

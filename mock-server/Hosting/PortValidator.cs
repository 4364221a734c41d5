using System.Net;
using System.Net.Sockets;

namespace Downloader.MockServer.Hosting;

/// <summary>Checks addresses before the server takes them: WireMock.Net would say ten seconds later, in many lines, that it could not.</summary>
internal static class PortValidator
{
    /// <exception cref="StartException">A port is taken, or the address is none of this machine.</exception>
    public static void Check(ServerSettings settings)
    {
        Check("--port", settings.Bind, settings.Port);
        Check("--http2-port", settings.Bind, settings.Http2Port);
        Check("--https-port", settings.Bind, settings.HttpsPort);
    }

    private static void Check(string option, IPAddress address, int port)
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
                SocketError.AddressAlreadyInUse => $"{option} {port}: already in use; take another, or 0 for any free one",
                SocketError.AccessDenied => $"{option} {port}: not allowed for this user; take one above 1023, or 0 for any free one",
                SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => $"--bind {address}: no address of this machine",
                _ => $"{option} {port}: {e.Message}",
            });
        }
    }
}

/// <summary>The server cannot start; the message is one line that says why.</summary>
internal sealed class StartException(string message) : Exception(message);

using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Downloader.Tests.Library;

/// <summary>The responses of <see cref="HostileServer"/>.</summary>
internal static class HostileResponse
{
    private static readonly string GoodHeaders = $"HTTP/1.1 200 OK\r\nContent-Length: {HostileServer.GoodBytes}\r\n\r\n";
    private static readonly byte[] Zeros = new byte[64 * 1024];

    /// <summary>Sends a response.</summary>
    /// <returns>Whether the connection stays open.</returns>
    public static async Task<bool> SendAsync(Socket socket, ServerBehavior behavior, string path, string detail)
    {
        switch (behavior)
        {
            case ServerBehavior.Good:
                return await SendTextAsync(socket, GoodHeaders + new string('x', HostileServer.GoodBytes));
            case ServerBehavior.GoodChunked:
                var chunk = $"1f4\r\n{new string('x', 500)}\r\n";
                return await SendTextAsync(socket, $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n");
            case ServerBehavior.Redirect:
                return await SendTextAsync(socket, "HTTP/1.1 302 Found\r\nLocation: /Good/redirected\r\nContent-Length: 0\r\n\r\n");
            case ServerBehavior.Bytes:
                var bytes = int.Parse(detail, CultureInfo.InvariantCulture);
                await SendTextAsync(socket, $"HTTP/1.1 200 OK\r\nContent-Length: {bytes}\r\n\r\n");
                for (; bytes > 0; bytes -= Zeros.Length) await socket.SendAsync(Zeros.AsMemory(0, Math.Min(bytes, Zeros.Length)));
                return true;
            case ServerBehavior.Drip:
                await SendTextAsync(socket, GoodHeaders);
                for (var sent = 0; sent < HostileServer.GoodBytes; sent += 100)
                {
                    await Task.Delay(5);
                    await socket.SendAsync(Zeros.AsMemory(0, 100));
                }

                return true;
            case ServerBehavior.Reset:
                return Abort(socket);
            case ServerBehavior.CutShort:
                await SendTextAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                return false;
            case ServerBehavior.CutShortChunked:
                await SendTextAsync(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nonly\r\n");
                return false;
            case ServerBehavior.CutShortReset:
                await SendTextAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                // A reset discards what the client has not read yet; give it time to read.
                await Task.Delay(50);
                return Abort(socket);
            case ServerBehavior.Stalled:
                await SendTextAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this");
                await socket.ReceiveAsync(new byte[1]);
                return false;
            case ServerBehavior.Huge:
                await SendTextAsync(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99000000000\r\n\r\n");
                await socket.ReceiveAsync(new byte[1]);
                return false;
            case ServerBehavior.Endless or ServerBehavior.EndlessError:
                var status = behavior is ServerBehavior.Endless ? "200 OK" : "500 Internal Server Error";
                await SendTextAsync(socket, $"HTTP/1.1 {status}\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true) await SendTextAsync(socket, $"2710\r\n{new string('x', 10_000)}\r\n");
            case ServerBehavior.NotFound:
                return await SendTextAsync(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
            case ServerBehavior.ServerError:
                return await SendTextAsync(socket, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 4\r\n\r\noops");
            case ServerBehavior.TooMany:
                return await SendTextAsync(socket, $"HTTP/1.1 429 Too Many Requests\r\nRetry-After: {detail}\r\nContent-Length: 0\r\n\r\n");
            case ServerBehavior.RedirectLoop:
                return await SendTextAsync(socket, $"HTTP/1.1 302 Found\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n");
            case ServerBehavior.RedirectElsewhere:
                var target = $"ftp://{socket.LocalEndPoint}/Good/ftp";
                return await SendTextAsync(socket, $"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n");
            case ServerBehavior.Garbage:
                await SendTextAsync(socket, "SMTP says hello\r\n\r\n");
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

    private static async Task<bool> SendTextAsync(Socket socket, string text)
    {
        await socket.SendAsync(Encoding.ASCII.GetBytes(text));
        return true;
    }
}

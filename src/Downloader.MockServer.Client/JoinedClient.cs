using System.Globalization;
using System.Text;

namespace Downloader.MockServer.Client;

/// <summary>The place of a client in a run of several clients. The server takes the client for lost when the connection behind this object
/// closes before <see cref="End"/>.</summary>
public sealed class JoinedClient : IDisposable
{
    /// <summary>More than a line that names a thousand clients.</summary>
    private const int MaxLineBytes = 256 * 1024;

    private readonly MockServerClient _control;
    private readonly HttpResponseMessage _connection;
    private readonly Stream _answer;
    private readonly string _mark;

    internal JoinedClient(MockServerClient control, HttpResponseMessage connection, string mark)
    {
        _control = control;
        _connection = connection;
        _answer = connection.Content.ReadAsStream();
        _mark = mark;
        Number = int.TryParse(mark.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw control.CreateError("the client's mark is invalid");
    }

    /// <summary>The number of this client, from 0.</summary>
    public int Number { get; }

    /// <summary>The header that each request for a page must have, so that the server knows whose it is.</summary>
    public KeyValuePair<string, string> Header => new(ControlPaths.ClientHeader, _mark);

    /// <summary>Waits until all clients have joined and the server releases them together.</summary>
    /// <exception cref="MockServerControlException">The run failed; the reason names the clients that are missing. Or the connection broke
    /// off.</exception>
    public async Task WaitForReleaseAsync(CancellationToken cancellationToken)
    {
        string? line;
        try
        {
            line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            line = null;
        }

        if (line == ControlPaths.ReleaseLine) return;
        var isFailure = line is not null && line.StartsWith(ControlPaths.FailurePrefix, StringComparison.Ordinal);
        throw _control.CreateError(isFailure
            ? line![ControlPaths.FailurePrefix.Length..]
            : "the connection broke off before all clients had joined");
    }

    /// <summary>Waits for the end of the connection, which the server keeps open until this client has ended.</summary>
    /// <exception cref="MockServerControlException">The connection has ended: always, unless cancelled.</exception>
    public async Task WaitForLossAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Ended too.
        }

        throw _control.CreateError("the connection to the server was lost before this client had ended");
    }

    /// <summary>This client has ended.</summary>
    /// <param name="claim">What it claims of its share, stored unchanged; at most 16 KiB.</param>
    /// <exception cref="MockServerControlException">The server does not take it, or is not there any more.</exception>
    public void End(string claim) => _control.SendClaim(_mark, claim);

    /// <summary>The next line; null where the answer ends without one, or is too long.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxLineBytes];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await _answer.ReadAsync(buffer.AsMemory(count), cancellationToken).ConfigureAwait(false);
            if (read == 0) return null;
            var end = buffer.AsSpan(count, read).IndexOf((byte)'\n');
            if (end >= 0) return Encoding.UTF8.GetString(buffer, 0, count + end);
            count += read;
        }

        return null;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _answer.Dispose();
        _connection.Dispose();
    }
}

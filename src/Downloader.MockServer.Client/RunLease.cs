namespace Downloader.MockServer.Client;

/// <summary>The right to use a mock server for one run. While it is held, other clients can read from the server but cannot change its
/// state.</summary>
/// <remarks>The server ends the lease when this object is disposed, or when the connection that holds it closes, so that a killed process
/// leaves the server free.</remarks>
public sealed class RunLease : IDisposable
{
    private readonly MockServerClient _client;
    private readonly HttpResponseMessage _connection;

    internal RunLease(MockServerClient client, HttpResponseMessage connection, string token)
    {
        _client = client;
        _connection = connection;
        Token = token;
    }

    /// <summary>What other clients of the same run, as those of child processes, pass to the constructor of
    /// <see cref="MockServerClient"/>.</summary>
    public string Token { get; }

    /// <summary>Releases the server.</summary>
    public void Dispose()
    {
        _client.ReleaseRun();
        _connection.Dispose();
    }
}

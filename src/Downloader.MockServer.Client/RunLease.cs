namespace Downloader.MockServer.Client;

/// <summary>The right to use a mock server for one run. While it is held, other clients can read from the server but change
/// nothing.</summary>
/// <remarks>The server ends the lease when this object is disposed, and when the connection that holds it closes: a killed process leaves
/// the server free.</remarks>
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

    /// <summary>For the constructor of <see cref="MockServerClient"/> in other processes of the same run, such as child
    /// processes.</summary>
    public string Token { get; }

    /// <summary>Releases the server.</summary>
    public void Dispose()
    {
        _client.ReleaseRun();
        _connection.Dispose();
    }
}

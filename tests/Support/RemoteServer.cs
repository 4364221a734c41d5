namespace Downloader.Tests.Support;

/// <summary>A mock server process that other machines reach and control, for the tests of one class.</summary>
public sealed class RemoteServer : IDisposable
{
    private readonly MockServerFixture _server = MockServerFixture.Start("--bind", "0.0.0.0", "--remote-control");

    /// <summary>The server, with the default scenario, changed by these options, and an empty log.</summary>
    public MockServerFixture UseScenario(string options) => _server.UseScenario(options);

    public void Dispose() => _server.Dispose();
}

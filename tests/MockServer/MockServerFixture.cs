using Downloader.MockServer.Client;
using Downloader.Tests.Support;

namespace Downloader.Tests.MockServer;

/// <summary>One mock server for all tests of a class; each test sets the scenario that it needs.</summary>
public sealed class MockServerFixture : IDisposable
{
    internal Server Server { get; } = new();

    /// <summary>Sets the default scenario, changed by these options, and clears the log.</summary>
    internal Server Use(string options)
    {
        Server.Lab.SetScenario(ScenarioOptions.Parse(options.Split(' '), new Scenario()));
        Server.Lab.ResetAudit();
        return Server;
    }

    public void Dispose() => Server.Dispose();
}

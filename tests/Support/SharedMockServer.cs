using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Support;

/// <summary>A mock server in a process of its own, and what speaks to it: one for a class of tests.</summary>
public sealed class SharedMockServer : IDisposable
{
    private readonly MockServerProcess _process = MockServerProcess.Start();

    public SharedMockServer()
    {
        Lab = new MockServerClient(_process.Address);
        Endpoints = Lab.GetEndpoints();
        // A server keeps no log until it is asked for one.
        Lab.ResetAudit();
    }

    public MockServerClient Lab { get; }

    public ServerEndpoints Endpoints { get; }

    public Uri Jython => new(_process.Address, "/jython");

    public Uri Dice => new(_process.Address, "/dice");

    public void Dispose()
    {
        Lab.Dispose();
        _process.Dispose();
    }
}

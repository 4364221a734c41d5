using System.Collections.Concurrent;
using Downloader.Benchmarks.Measurement;
using Downloader.Tests.Support;

[assembly: AssemblyFixture(typeof(MockServerPool))]

namespace Downloader.Tests.Support;

/// <summary>The mock server processes that test classes use one after another. Each start costs two seconds of processor time, so there
/// are only as many as classes that run side by side.</summary>
public sealed class MockServerPool : IDisposable
{
    private readonly ConcurrentBag<MockServerProcess> _free = [];

    /// <summary>A server that nothing else uses.</summary>
    public MockServerProcess Rent() => _free.TryTake(out var server) ? server : MockServerProcess.Start();

    /// <summary>Makes a server available to the next class.</summary>
    public void Return(MockServerProcess server) => _free.Add(server);

    public void Dispose()
    {
        foreach (var server in _free) server.Dispose();
    }
}

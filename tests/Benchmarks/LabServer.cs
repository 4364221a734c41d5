using Downloader.Benchmarks.Harness;
using Downloader.Lab;

namespace Downloader.Tests.Benchmarks;

/// <summary>A mock server in a process of its own, and what speaks to it: one for a class of tests.</summary>
public sealed class LabServer : IDisposable
{
    private readonly MockServerProcess _process = MockServerProcess.Start();

    public LabServer()
    {
        Lab = new LabClient(_process.Address);
        Endpoints = Lab.GetEndpoints();
    }

    public LabClient Lab { get; }

    public LabEndpoints Endpoints { get; }

    public Uri Jython => new(_process.Address, "/jython");

    public Uri Dice => new(_process.Address, "/dice");

    public void Dispose()
    {
        Lab.Dispose();
        _process.Dispose();
    }
}

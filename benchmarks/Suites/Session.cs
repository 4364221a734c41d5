using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>The same strategy and workers with four ways of sharing clients, where connections cost.</summary>
public class Session : Suite
{
    private const int Workers = 16;

    public override string Question => "What does sharing a client save, and how many connections does each way open?";

    public override SuiteTopic Topic => SuiteTopic.Session;

    /// <summary>A connection costs 1.5 times a request here: about one round trip for TCP and two for TLS, against one and the page's making.</summary>
    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20), ConnectLatency = TimeSpan.FromMilliseconds(30) };

    protected override int DefaultDownloads => 160;

    [Benchmark(Baseline = true)]
    public Task NewClientEach() => Run(With(ClientPolicy.New, "new client each"));

    [Benchmark]
    public Task SharedClient() => Run(With(ClientPolicy.Shared, "shared"));

    [Benchmark]
    public Task ClientPerWorker() => Run(With(ClientPolicy.PerWorker, "per worker"));

    [Benchmark]
    public Task FactoryClient() => Run(With(ClientPolicy.Factory, "factory"));

    private DownloadCase With(ClientPolicy clients, string variant) => Case("WhenAll", Workers) with { Clients = clients, Variant = variant };
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server of which one request in twenty goes wrong: what is lost without retries, and what retries cost.</summary>
public class Faults : Suite
{
    private const int Workers = 16;

    public override string Question => "What do 5 % faults cost, without and with retries?";

    public override SuiteTopic Topic => SuiteTopic.Faults;

    public override IReadOnlyList<string> Notes =>
    [
        "Empty answers are left out: when a connection that served before closes without a byte, SocketsHttpHandler itself sends a GET again, "
            + "so they never fail a download. The audit shows it: --faults empty.",
    ];

    protected override Scenario DefaultScenario => new()
    {
        Latency = TimeSpan.FromMilliseconds(20),
        FaultShare = 0.05,
        Faults = FaultKinds.Reset | FaultKinds.CutShort | FaultKinds.ServerError,
    };

    /// <summary>8 of 160 meet a fault.</summary>
    protected override int DefaultDownloads => 160;

    [Benchmark(Baseline = true)]
    public Task WhenAll() => Run(Case("WhenAll", Workers) with { Variant = "no retry", AllowFailures = true });

    [Benchmark]
    public Task WhenAllRetry() => Run(Case("WhenAll", Workers) with { Variant = "retry", Resilient = true });

    [Benchmark]
    public Task DedicatedThreads() => Run(Case("DedicatedThreads", Workers) with { Variant = "no retry", AllowFailures = true });

    [Benchmark]
    public Task DedicatedThreadsRetry() => Run(Case("DedicatedThreads", Workers) with { Variant = "retry", Resilient = true });
}

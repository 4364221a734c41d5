using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Constant latency against a heavy tail of the same mean: fixed shares per worker against a shared queue.</summary>
public class Tail : Suite
{
    private const int Workers = 16;

    /// <summary>The 99th percentile, in means, of a log-normal latency whose median is half its mean: the mean is median · exp(σ²/2), so
    /// σ = √(2 ln 2), and the percentile is median · exp(2.326 σ). Half of the requests take less than half the mean, one in a hundred
    /// nearly eight times the mean.</summary>
    private const double P99 = 7.735;

    public override string Question => "What does a heavy tail cost at equal mean, and does a shared queue help?";

    public override SuiteTopic Topic => SuiteTopic.Tail;

    /// <summary>Whether the latency has a tail.</summary>
    public static IEnumerable<bool> Tails => [false, true];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    /// <summary>20 for each worker: enough for shares to differ, as they do in life.</summary>
    protected override int DefaultDownloads => 320;

    [Benchmark(Baseline = true), ArgumentsSource(nameof(Tails))]
    public Task StaticPartition(bool tail) => RunWith("StaticPartition", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task DedicatedThreads(bool tail) => RunWith("DedicatedThreads", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task WhenAll(bool tail) => RunWith("WhenAll", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Channel(bool tail) => RunWith("Channel", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Dataflow(bool tail) => RunWith("Dataflow", tail);

    private Task RunWith(string strategy, bool tail) => Run(Case(strategy, Workers) with
    {
        Variant = tail ? "heavy tail" : "constant",
        Scenario = tail ? Scenario with { Latency = Scenario.Latency / 2, LatencyP99 = Scenario.Latency * P99 } : Scenario,
    });
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Reports;
using Downloader.Lab;

namespace Downloader.Benchmarks.Suites;

/// <summary>Constant latency against a heavy tail of the same mean: fixed shares per worker against a shared queue.</summary>
public class Tail : Suite
{
    private const int Workers = 16;

    /// <summary>Median and 99th percentile of a log-normal latency whose mean, median · exp(σ²/2) with σ = ln(p99 ÷ median) ÷ 2.326, is 20 ms:
    /// half of the requests take less than half the mean, one in a hundred nearly eight times the mean.</summary>
    private static readonly Scenario Heavy = new() { Latency = TimeSpan.FromMilliseconds(10), LatencyP99 = TimeSpan.FromMilliseconds(154.7) };

    public override string Question => "What does a heavy tail cost at equal mean, and does a shared queue help?";

    public override SuiteTopic Topic => SuiteTopic.Tail;

    /// <summary>Whether the latency has a tail.</summary>
    public static IEnumerable<bool> Tails => [false, true];

    protected override Scenario OwnScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    /// <summary>20 for each worker: enough for shares to differ, as they do in life.</summary>
    protected override int OwnDownloads => 320;

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
        Scenario = Settings.Apply(tail ? Heavy : OwnScenario),
    });
}

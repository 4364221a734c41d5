using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Blocking and asynchronous strategies, with and without threads waiting in the pool; a suite derived from it says whether the
/// process is fresh.</summary>
public abstract class ColdStartSuite : Suite
{
    private const int Workers = 64;

    public override string ReportName => "ColdStart";

    public override string Question => "What does the first run in a fresh process cost, and what cures it?";

    public override SuiteTopic Topic => SuiteTopic.ColdStart;

    /// <summary>Threads the pool makes at once rather than one or two a second; 0 leaves the default, the number of cores.</summary>
    public static IEnumerable<int> MinThreads => [0, Workers];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    protected override int DefaultDownloads => 160;

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task ThreadPool(int minThreads) => RunWith("ThreadPool", minThreads);

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task ParallelForEach(int minThreads) => RunWith("ParallelForEach", minThreads);

    /// <summary>Threads of its own: the pool's minimum is no matter to it.</summary>
    [Benchmark]
    public Task DedicatedThreads() => RunWith("DedicatedThreads", 0);

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task WhenAll(int minThreads) => RunWith("WhenAll", minThreads);

    private Task RunWith(string strategy, int minThreads) => Run(Case(strategy, Workers) with
    {
        Variant = minThreads == 0 ? null : $"{minThreads} min threads",
        MinThreads = minThreads,
    });
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>All strategies that block, and asynchronous ones, with and without threads waiting in the pool; a suite derived from it says
/// whether the process is fresh.</summary>
public abstract class ColdStartStrategies : ColdStartSuite
{
    /// <summary>Threads the pool makes at once rather than one or two a second; 0 leaves the default, the number of cores.</summary>
    public static IEnumerable<int> MinThreads => [0, Workers];

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task ThreadPool(int minThreads) => RunWith("ThreadPool", minThreads);

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task ParallelForEach(int minThreads) => RunWith("ParallelForEach", minThreads);

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task Plinq(int minThreads) => RunWith("Plinq", minThreads);

    /// <summary>It takes no workers: as many downloads at once as the pool has threads.</summary>
    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task TaskRun(int minThreads) => Run(WithMinThreads(Case("TaskRun"), minThreads));

    /// <summary>Threads of its own: the pool's minimum is no matter to it.</summary>
    [Benchmark]
    public Task DedicatedThreads() => RunWith("DedicatedThreads", 0);

    [Benchmark, ArgumentsSource(nameof(MinThreads))]
    public Task WorkerLoops(int minThreads) => RunWith("WorkerLoops", minThreads);

    /// <summary>Its workers are a ceiling.</summary>
    [Benchmark]
    public Task Adaptive() => RunWith("Adaptive", 0);

    private Task RunWith(string strategy, int minThreads) => Run(WithMinThreads(Case(strategy, Workers), minThreads));

    private static DownloadCase WithMinThreads(DownloadCase one, int minThreads) => one with
    {
        Variant = minThreads == 0 ? null : $"{minThreads} min threads",
        MinThreads = minThreads,
    };
}

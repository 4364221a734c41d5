using BenchmarkDotNet.Attributes;

namespace Downloader.Benchmarks.Suites;

/// <summary>Every strategy of the catalogue, a line each: the one list of benchmark methods. A suite derived from it says what differs.</summary>
public abstract class StrategySuite : Suite
{
    /// <summary>The worker counts in force.</summary>
    public IEnumerable<int> WorkerCounts => Settings.Workers ?? (Settings.Quick ? [16] : OwnWorkerCounts);

    /// <summary>The worker counts this suite is made for.</summary>
    protected abstract IReadOnlyList<int> OwnWorkerCounts { get; }

    /// <summary>The baseline: it takes no workers, so it runs once.</summary>
    [Benchmark(Baseline = true)]
    public Task Sequential() => Run(new("Sequential"));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task DedicatedThreads(int workers) => Run(new("DedicatedThreads", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ThreadPool(int workers) => Run(new("ThreadPool", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ParallelForEach(int workers) => Run(new("ParallelForEach", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ParallelForEachAsync(int workers) => Run(new("ParallelForEachAsync", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WhenAll(int workers) => Run(new("WhenAll", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task Channel(int workers) => Run(new("Channel", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task Dataflow(int workers) => Run(new("Dataflow", workers));

    /// <summary>It takes no workers either: all at once.</summary>
    [Benchmark]
    public Task WhenAllUnbounded() => Run(new("WhenAllUnbounded"));
}

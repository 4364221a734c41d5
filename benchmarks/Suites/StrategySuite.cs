using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>Every strategy of the catalogue, a line each: the one list of benchmark methods. A suite derived from it says what
/// differs.</summary>
public abstract class StrategySuite : Suite
{
    public override bool TakesWorkers => true;

    /// <summary>The worker counts in force.</summary>
    public IEnumerable<int> WorkerCounts => Settings.Workers ?? (Settings.Quick ? [16] : DefaultWorkerCounts);

    /// <summary>The smallest worker count alone: for strategies that starve like <see cref="ThreadPool"/>, which has the others.</summary>
    public IEnumerable<int> NarrowWorkerCounts => Settings.Workers ?? [DefaultWorkerCounts.Min()];

    /// <summary>The worker counts this suite is made for.</summary>
    protected abstract IReadOnlyList<int> DefaultWorkerCounts { get; }

    /// <summary>The baseline: it takes no workers, so it runs once.</summary>
    [Benchmark(Baseline = true)]
    public Task Sequential() => Run(ListShare.Shorten(Case("Sequential")));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task DedicatedThreads(int workers) => Run(Case("DedicatedThreads", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ThreadPool(int workers) => Run(Case("ThreadPool", workers));

    /// <summary>With 64 workers its first run takes 13 s and shows the starved pool that <see cref="ThreadPool"/> shows.</summary>
    [Benchmark, ArgumentsSource(nameof(NarrowWorkerCounts))]
    public Task ParallelForEach(int workers) => Run(Case("ParallelForEach", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ParallelForEachAsync(int workers) => Run(Case("ParallelForEachAsync", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task Channel(int workers) => Run(Case("Channel", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task Dataflow(int workers) => Run(Case("Dataflow", workers));

    /// <summary>It takes no workers either: all at once.</summary>
    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded"));
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>The strategies that a reader chooses between, a line each: the one list of benchmark methods. A suite derived from it says what
/// differs. Plinq and TaskRun starve as ThreadPool does and are in ColdStart; StaticPartition, which its shares make slow, is in
/// Tail.</summary>
public abstract class StrategySuite : Suite
{
    private const int QuickWorkers = 16;

    public override bool TakesWorkers => true;

    /// <summary>The worker counts in force: for a strategy of each kind, so that the reports show what more workers change.</summary>
    public IEnumerable<int> WorkerCounts => Settings.Workers ?? (Settings.Quick ? [QuickWorkers] : DefaultWorkerCounts);

    /// <summary>The smallest worker count alone: for a strategy whose row with more would take too long or tell nothing.</summary>
    public IEnumerable<int> FewestWorkers => Settings.Workers ?? [Settings.Quick ? QuickWorkers : DefaultWorkerCounts.Min()];

    /// <summary>The largest worker count alone: for strategies that with fewer only show what others of their kind show.</summary>
    public IEnumerable<int> MostWorkers => Settings.Workers ?? [Settings.Quick ? QuickWorkers : DefaultWorkerCounts.Max()];

    /// <summary>The worker counts this suite is made for.</summary>
    protected abstract IReadOnlyList<int> DefaultWorkerCounts { get; }

    /// <summary>The baseline: it takes no workers, so it runs once.</summary>
    [Benchmark(Baseline = true)]
    public Task Sequential() => Run(ListShare.Shorten(Case("Sequential")));

    /// <summary>With 64 workers the start of their threads takes 3 to 4 % of the time, too near to the limit of a tie: from run to run it
    /// counted as one or not. ColdStart has that row.</summary>
    [Benchmark, ArgumentsSource(nameof(FewestWorkers))]
    public Task DedicatedThreads(int workers) => Run(Case("DedicatedThreads", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task ThreadPool(int workers) => Run(Case("ThreadPool", workers));

    /// <summary>With 64 workers its first run takes 13 s and shows the starved pool that <see cref="ThreadPool"/> shows; with 16 a pool
    /// that starves although its workers are few.</summary>
    [Benchmark, ArgumentsSource(nameof(FewestWorkers))]
    public Task ParallelForEach(int workers) => Run(Case("ParallelForEach", workers));

    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task ParallelForEachAsync(int workers) => Run(Case("ParallelForEachAsync", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task WhenAllBatches(int workers) => Run(Case("WhenAllBatches", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task WorkerLoops(int workers) => Run(Case("WorkerLoops", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task Channel(int workers) => Run(Case("Channel", workers));

    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task Dataflow(int workers) => Run(Case("Dataflow", workers));

    /// <summary>Its workers are a ceiling.</summary>
    [Benchmark, ArgumentsSource(nameof(MostWorkers))]
    public Task Adaptive(int workers) => Run(Case("Adaptive", workers));

    /// <summary>It takes no workers either: all at once.</summary>
    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded"));
}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Reports;
using Downloader.Lab;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server that serves 16 at once, lets 64 wait and refuses the rest: more workers help up to its capacity, then cost.</summary>
public class Capacity : Suite
{
    public override string Question => "How many workers, when the server's capacity ends?";

    public override SuiteTopic Topic => SuiteTopic.Capacity;

    public override bool TakesWorkers => true;

    /// <summary>Below the capacity, at it, above it within the queue, and past the queue (128 = 16 served + 64 waiting + 48 refused).</summary>
    public static IEnumerable<int> WorkerCounts => Settings.Workers ?? [1, 4, 8, 12, 16, 20, 32, 64, 128];

    protected override Scenario OwnScenario => new() { Latency = TimeSpan.FromMilliseconds(20), Capacity = 16, Queue = 64 };

    protected override int OwnDownloads => 160;

    /// <summary>One strategy is enough: what counts here is how many ask at once, not how.</summary>
    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers) with { MayFail = true });

    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded") with { MayFail = true });
}

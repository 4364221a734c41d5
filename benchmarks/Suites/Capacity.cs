using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server that serves 16 at once, lets 64 wait and refuses the rest: more workers help up to its capacity, then cost.</summary>
public class Capacity : Suite
{
    public override string Question => "How many workers, when the server's capacity ends?";

    public override SuiteTopic Topic => SuiteTopic.Capacity;

    public override bool TakesWorkers => true;

    /// <summary>Below the capacity, at it, above it within the queue, and past the queue (128 = 16 served + 64 waiting + 48 refused).</summary>
    public static IEnumerable<int> WorkerCounts => Settings.Workers ?? [1, 4, 8, 12, 16, 20, 32, 64, 128];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20), Capacity = 16, Queue = 64 };

    protected override int DefaultDownloads => 160;

    /// <summary>One strategy is enough: what counts here is how many ask at once, not how.</summary>
    [Benchmark, ArgumentsSource(nameof(WorkerCounts))]
    public Task WhenAll(int workers) => Run(Case("WhenAll", workers) with { AllowFailures = true });

    [Benchmark]
    public Task WhenAllUnbounded() => Run(Case("WhenAllUnbounded") with { AllowFailures = true });
}

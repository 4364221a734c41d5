using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Many downloads without latency: what a download costs by itself, and whether cost and memory stay flat.</summary>
public class Scale : Suite
{
    public override string Question => "Do cost and memory per download stay flat from a thousand to a hundred thousand?";

    public override SuiteTopic Topic => SuiteTopic.Scale;

    public override bool TakesWorkers => true;

    public override MeasurementPlan Plan => new(WarmUps: 2, Iterations: 5);

    /// <summary>A thousand ends in a tenth of a second, a hundred thousand runs for seconds.</summary>
    public static IEnumerable<object[]> Sizes =>
        from workers in Settings.Workers ?? [64, 256]
        from downloads in Settings.Downloads is { } given ? [given] : (int[])[1_000, 10_000, 100_000]
        select new object[] { downloads, workers };

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.Zero };

    protected override int DefaultDownloads => 100_000;

    [Benchmark, ArgumentsSource(nameof(Sizes))]
    public Task WhenAll(int downloads, int workers) => Run(Case("WhenAll", workers) with { Downloads = downloads, Pages = [Page.Dice] });
}

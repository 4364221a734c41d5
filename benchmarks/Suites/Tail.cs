using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Suites;

/// <summary>Constant latency against a heavy tail of the same mean: fixed shares per worker and batches
/// that wait for their slowest download, against a shared queue.</summary>
public class Tail : Suite
{
    private const int Workers = 16;

    /// <summary>The 99th percentile, in means, of a log-normal latency whose median is half its mean: the mean is median · exp(σ²/2), so
    /// σ = √(2 ln 2), and the percentile is median · exp(2.326 σ). Half of the requests take less than half the mean, one in a hundred
    /// nearly eight times the mean.</summary>
    private const double P99 = 7.735;

    public override string Question => "What does a heavy tail cost at equal mean, and does a shared queue help?";

    public override bool ShowsIdealMs => true;

    /// <summary>Whether the latency has a tail.</summary>
    public static IEnumerable<bool> Tails => [false, true];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    /// <summary>20 for each worker: enough for shares to differ, as they do with real servers.</summary>
    protected override int DefaultDownloads => 320;

    [Benchmark(Baseline = true), ArgumentsSource(nameof(Tails))]
    public Task StaticPartition(bool tail) => RunWith("StaticPartition", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task WhenAllBatches(bool tail) => RunWith("WhenAllBatches", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task DedicatedThreads(bool tail) => RunWith("DedicatedThreads", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task WorkerLoops(bool tail) => RunWith("WorkerLoops", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Channel(bool tail) => RunWith("Channel", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Dataflow(bool tail) => RunWith("Dataflow", tail);

    /// <summary>Its workers are a ceiling.</summary>
    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Adaptive(bool tail) => RunWith("Adaptive", tail);

    /// <summary>The slower strategies beside the fastest, variant by variant; the choice is made where the fastest took
    /// longest.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var variants = suite.ValidRows.GroupBy(row => row.Result.Variant).OrderByDescending(variant => variant.Min(row => row.MedianMs))
            .ToArray();
        if (Recommendation.Choose([.. suite.Rows.Where(row => row.Result.Variant == variants[0].Key)]) is not { } recommendation)
            return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        return new Conclusion(
            [.. variants.SelectMany(Differences), .. SentenceFragments.OpenChoice(recommendation)],
            SentenceFragments.Recommended(recommendation));
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) => [BarChart.CreateMakespans(suite)];

    /// <summary>The slowest beside the fastest; then the others that are slower.</summary>
    private static IEnumerable<string> Differences(IGrouping<string?, CaseAnalysis> variant)
    {
        var fastest = variant.MinBy(row => row.MedianMs)!;
        var slowest = variant.MaxBy(row => row.MedianMs)!;
        var range = $"{SentenceFragments.Median(fastest)} to {SentenceFragments.Median(slowest)}";
        if (variant.All(row => row.VersusBest?.Standing == Standing.BestOrTie))
        {
            yield return $"Latency {variant.Key}: all tie, {range}.";
            yield break;
        }

        string[] slower =
        [
            .. variant.Where(row => row.VersusBest?.Standing == Standing.Slower).OrderByDescending(row => row.MedianMs)
                .Select(row => $"{row.Result.Strategy} took {SentenceFragments.Median(row)}, {ReportFormat.Slowdown(row.VersusBest!)}"),
        ];
        if (slower.Length == 0)
        {
            yield return $"Latency {variant.Key}: {range}, and whether that is a difference is undecided.";
            yield break;
        }

        yield return $"Latency {variant.Key}: {slower[0]} against {fastest.Result.Strategy} ({SentenceFragments.Median(fastest)}).";
        foreach (var other in slower.Skip(1)) yield return $"{other} against the same.";
    }

    private string ConstantName => Scenario.LatencyJitter > TimeSpan.Zero ? "uniform" : "constant";

    private bool HasTail => Scenario is not { LatencyP99: null, LatencyQuantiles: null };

    /// <summary>The suite's latency; under a tail of the command line's, a constant one of its mean.</summary>
    private Scenario Constant =>
        HasTail ? Scenario with { Latency = MeanLatency, LatencyP99 = null, LatencyQuantiles = null } : Scenario;

    /// <summary>The tail of the command line, or one of the same mean as the suite's latency.</summary>
    private Scenario HeavyTailed => HasTail ? Scenario : Scenario with
    {
        Latency = Scenario.Latency / 2,
        LatencyP99 = Scenario.Latency * P99,
        LatencyJitter = TimeSpan.Zero,
    };

    /// <summary>Of a table its own. Of a log-normal latency median · exp(σ²/2), where σ = ln(p99 / median) / z with
    /// P(Z ≤ z) = 0.99.</summary>
    private TimeSpan MeanLatency
    {
        get
        {
            if (Scenario.LatencyQuantiles is { } table) return table.Mean;
            var sigma = Math.Log(Scenario.LatencyP99!.Value / Scenario.Latency) / Normal.InvCDF(0, 1, 0.99);
            return Scenario.Latency * Math.Exp(sigma * sigma / 2);
        }
    }

    private Task RunWith(string strategy, bool tail) => Run(Case(strategy, Workers) with
    {
        Variant = tail ? "heavy tail" : ConstantName,
        Scenario = tail ? HeavyTailed : Constant,
    });
}

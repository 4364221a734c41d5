using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>Constant latency against a heavy tail of the same mean: fixed shares per worker against a shared queue.</summary>
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
    public Task DedicatedThreads(bool tail) => RunWith("DedicatedThreads", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task WhenAll(bool tail) => RunWith("WhenAll", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Channel(bool tail) => RunWith("Channel", tail);

    [Benchmark, ArgumentsSource(nameof(Tails))]
    public Task Dataflow(bool tail) => RunWith("Dataflow", tail);

    /// <summary>The slowest strategy beside the fastest, a sentence per variant; the choice is made where the fastest took
    /// longest.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var variants = suite.CompletedRows.Where(row => row.IsValid).GroupBy(row => row.Result.Variant).ToArray();
        if (variants.Length == 0) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        var slowestVariant = variants.MaxBy(variant => variant.Min(row => row.MedianMs))!.Key;
        var recommendation = Recommendation.Choose(suite.CompletedRows.Where(row => row.Result.Variant == slowestVariant));
        return new Conclusion([.. variants.Select(Difference)], SentenceFragments.Recommendation(suite, recommendation));
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) => [BarChart.CreateMakespans(suite)];

    private static string Difference(IGrouping<string?, CaseAnalysis> variant)
    {
        var fastest = variant.MinBy(row => row.MedianMs)!;
        var slowest = variant.MaxBy(row => row.MedianMs)!;
        var (least, most) = (SentenceFragments.Median(fastest), SentenceFragments.Median(slowest));
        var ratio = ReportFormat.WithError(Estimate.Ratio(slowest, fastest));
        return SignificanceTest.IsFaster(fastest.MakespansMs, slowest.MakespansMs, Recommendation.Tolerance)
            ? $"With latency {variant.Key}, {slowest.Result.Strategy} took {most}, {ratio} times the {least} of {fastest.Result.Strategy}."
            : $"With latency {variant.Key}, all strategies took about the same: {least} to {most}.";
    }

    private Task RunWith(string strategy, bool tail) => Run(Case(strategy, Workers) with
    {
        Variant = tail ? "heavy tail" : "constant",
        Scenario = tail ? Scenario with { Latency = Scenario.Latency / 2, LatencyP99 = Scenario.Latency * P99 } : Scenario,
    });
}

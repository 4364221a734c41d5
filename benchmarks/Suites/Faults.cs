using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>A server of which one request in twenty goes wrong: what is lost without retries, and what retries cost.</summary>
public class Faults : Suite
{
    private const int Workers = 16;
    private const int Retries = 5;

    public override bool TakesRetries => false;

    public override string Question => "What do 5 % faults cost, without and with retries?";

    public override IReadOnlyList<string> Notes =>
    [
        "Empty answers are left out: when a connection that served before closes without a byte, SocketsHttpHandler itself sends a GET "
            + "again, "
            + "so they never fail a download. The audit shows it: --faults empty.",
    ];

    protected override Scenario DefaultScenario => new()
    {
        Latency = TimeSpan.FromMilliseconds(20),
        FaultShare = 0.05,
        Faults = FaultKinds.Reset | FaultKinds.CutShort | FaultKinds.ServerError,
    };

    /// <summary>8 of 160 meet a fault.</summary>
    protected override int DefaultDownloads => 160;

    [Benchmark(Baseline = true)]
    public Task WorkerLoops() => Run(Case("WorkerLoops", Workers) with { Variant = "no retry" });

    [Benchmark]
    public Task WorkerLoopsRetry() => Run(Case("WorkerLoops", Workers) with { Variant = "retry", MaxRetries = Retries });

    [Benchmark]
    public Task DedicatedThreads() => Run(Case("DedicatedThreads", Workers) with { Variant = "no retry" });

    [Benchmark]
    public Task DedicatedThreadsRetry() => Run(Case("DedicatedThreads", Workers) with { Variant = "retry", MaxRetries = Retries });

    /// <summary>How many downloads succeeded, for how many requests and how much time: a sentence per variant.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var completed = suite.CompletedRows.GroupBy(row => row.Result.Variant ?? "").ToArray();
        string[] sentences = [$"{string.Join("; ", completed.Select(Lost))}.", .. completed.Select(Outcome)];
        var variants = suite.Rows.GroupBy(row => row.Result.Variant).ToArray();
        // A variant is only recommended when each of its cases ran to its end.
        var valid = variants.Where(variant => variant.All(row => row.IsValid)).Select(variant => variant.Key ?? "without a policy")
            .ToArray();
        if (valid.Length == 0) return new Conclusion(sentences);
        if (valid.Length == variants.Length) return new Conclusion(sentences, "Every download succeeded.");
        var them = valid.Length == 1 ? "it" : "them";
        return new Conclusion(sentences, $"Recommended: {ReportFormat.List(valid)}. With {them} every download succeeded.");
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite) =>
    [
        BarChart.Create(
            suite,
            "Downloads per iteration that succeeded and failed, and the requests the server logged for them.",
            new Axis("per iteration"),
            BarSeries.Create("attempts", 8, suite.Rows, row => row.Figures.Attempts, ReportFormat.Number),
            BarSeries.Create("failed", 2, suite.Rows, row => row.Failed, ReportFormat.Number),
            BarSeries.Create("succeeded", 3, suite.Rows, row => row.Succeeded, ReportFormat.Number)),
        BarChart.Create(
            suite,
            "Makespan, milliseconds.",
            new Axis("ms"),
            BarSeries.Create("makespan", 1, suite.Rows, row => row.MedianMs, ReportFormat.Time)),
    ];

    /// <summary>"retry: none of 160 downloads lost".</summary>
    private static string Lost(IGrouping<string, CaseAnalysis> variant)
    {
        var name = variant.Key.Length > 0 ? variant.Key : "without a policy";
        var worst = variant.MaxBy(row => row.Failed ?? row.Result.Downloads)!;
        if (worst.Failed is not { } failed) return $"{name}: not counted";
        return failed == 0 ? $"{name}: no download lost" : $"{name}: {ReportFormat.Percent(failed / worst.Result.Downloads)} lost";
    }

    /// <summary>The worst row stands for its variant; one whose failures were not counted is the worst.</summary>
    private static string Outcome(IGrouping<string, CaseAnalysis> variant)
    {
        var row = variant.OrderBy(candidate => candidate.Succeeded / candidate.Result.Downloads ?? -1)
            .ThenByDescending(candidate => candidate.MedianMs).First();
        var downloads = ReportFormat.Pluralize(row.Result.Downloads, "download");
        var succeeded = row.Succeeded is { } known
            ? $"{ReportFormat.Number(known)} of {downloads} succeeded"
            : $"how many of {downloads} succeeded is unknown, because they were not counted";
        var attempts = row.Figures.Attempts is { } requests ? $" in {ReportFormat.Pluralize(requests, "attempt")}" : "";
        var others = variant.Count() > 1 ? $" (the worst of {variant.Count()})" : "";
        return $"{row.FullName}: {succeeded}{attempts}, {SentenceFragments.Median(row)}{others}.";
    }

}

using BenchmarkDotNet.Attributes;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>All strategies that block, and an asynchronous one, with and without threads waiting in the pool; a suite derived from it says
/// whether the process is fresh.</summary>
public abstract class ColdStartSuite : Suite
{
    private const int Workers = 64;

    /// <summary>First runs differ much from process to process: a smaller gain is not called a remedy.</summary>
    private const double LeastRemedy = 1.5;

    /// <summary>Nor one that fewer processes show.</summary>
    private const int LeastProcesses = 3;

    public override string ReportName => "ColdStart";

    public override string Question => "What does the first run in a fresh process cost, and what cures it?";

    /// <summary>Threads the pool makes at once rather than one or two a second; 0 leaves the default, the number of cores.</summary>
    public static IEnumerable<int> MinThreads => [0, Workers];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    protected override int DefaultDownloads => 160;

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

    /// <summary>First runs against the steady state: which case pays most, and what helps.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var pairs = suite.ValidRows.Where(row => row.Result.IsCold)
            .Select(cold => (Cold: cold, Steady: suite.ValidRows.FirstOrDefault(row => IsSteadyStateOf(row, cold))))
            .Where(pair => pair.Steady is not null)
            .Select(pair => (pair.Cold, Steady: pair.Steady!, Ratio: pair.Cold.MedianMs!.Value / pair.Steady!.MedianMs!.Value))
            .OrderByDescending(pair => pair.Ratio).ToArray();
        if (pairs.Length == 0) return new Conclusion(["No case ran both cold and steady, so the first run cannot be compared."]);

        var (worst, steady, ratio) = pairs[0];
        List<string> sentences =
        [
            $"First run of {worst.NameWithoutColdMarker}: {SentenceFragments.Median(worst)}, "
                + $"{ReportFormat.ThreeDigits(ratio)} times its steady {SentenceFragments.Median(steady)}.",
        ];
        var asynchronous = pairs.Where(pair => pair.Cold.Result.Kind == StrategyKind.Asynchronous).ToArray();
        if (worst.Result.Kind == StrategyKind.Blocking && asynchronous.Length > 0)
        {
            var slowest = asynchronous.MaxBy(pair => pair.Ratio);
            sentences.Add($"No asynchronous one needed more than {ReportFormat.ThreeDigits(slowest.Ratio)} times "
                + $"({slowest.Cold.NameWithoutColdMarker}: {SentenceFragments.Median(slowest.Cold)}).");
        }

        return new Conclusion(sentences, Remedy(worst, pairs.Select(pair => pair.Cold)));
    }

    public override IReadOnlyList<Chart> Charts(SuiteAnalysis suite)
    {
        var names = suite.Rows.Select(row => row.NameWithoutColdMarker).Distinct().ToArray();
        return
        [
            BarChart.Create(
                names,
                "Makespan, milliseconds, of the first run in a fresh process and of the steady state. The axis is logarithmic.",
                new Axis("ms", IsLogarithmic: true),
                BarSeries.Create("steady state", 1, names.Select(name => Find(name, isCold: false)), row => row.MedianMs,
                    ReportFormat.Time),
                BarSeries.Create("first run", 2, names.Select(name => Find(name, isCold: true)), row => row.MedianMs, ReportFormat.Time)),
        ];

        CaseAnalysis? Find(string name, bool isCold) =>
            suite.Rows.FirstOrDefault(row => row.NameWithoutColdMarker == name && row.Result.IsCold == isCold);
    }

    private static string? Remedy(CaseAnalysis worst, IEnumerable<CaseAnalysis> coldRows)
    {
        var best = coldRows.Where(row => row.IsValid && row.Result.Strategy == worst.Result.Strategy
                && row.Result.Workers == worst.Result.Workers && row.Result.Variant != worst.Result.Variant)
            .MinBy(row => row.MedianMs);
        if (best is null || best.MedianMs > worst.MedianMs / LeastRemedy || !IsFasterInEveryProcess(best, worst)) return null;
        var factor = ReportFormat.ThreeDigits(worst.MedianMs!.Value / best.MedianMs!.Value);
        return $"Remedy: {best.NameWithoutColdMarker} took {SentenceFragments.Median(best)} in its first run, {factor} times faster.";
    }

    /// <summary>Whether the slowest of several first runs is faster than the fastest of the other's. First runs carry no interval.
    /// </summary>
    private static bool IsFasterInEveryProcess(CaseAnalysis best, CaseAnalysis worst) =>
        Math.Min(best.MediansMs.Count, worst.MediansMs.Count) >= LeastProcesses
        && best.MediansMs.Values.Max() < worst.MediansMs.Values.Min();

    private static bool IsSteadyStateOf(CaseAnalysis row, CaseAnalysis cold) =>
        !row.Result.IsCold && row.NameWithoutColdMarker == cold.NameWithoutColdMarker && row.Result.Downloads == cold.Result.Downloads;

    private Task RunWith(string strategy, int minThreads) => Run(WithMinThreads(Case(strategy, Workers), minThreads));

    private static DownloadCase WithMinThreads(DownloadCase one, int minThreads) => one with
    {
        Variant = minThreads == 0 ? null : $"{minThreads} min threads",
        MinThreads = minThreads,
    };
}

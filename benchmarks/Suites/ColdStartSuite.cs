using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Suites;

/// <summary>What the first run in a fresh process takes: the part that its suites share. A suite derived from it says what runs, and
/// whether the process is fresh.</summary>
public abstract class ColdStartSuite : Suite
{
    /// <summary>The workers of every case.</summary>
    protected const int Workers = 64;

    /// <summary>First runs differ much from process to process: a smaller gain is not called a remedy.</summary>
    private const double LeastRemedy = 1.5;

    /// <summary>Nor one that fewer processes show.</summary>
    private const int LeastProcesses = 3;

    public override string ReportName => "ColdStart";

    public override string Question => "What does the first run in a fresh process cost, and what cures it?";

    /// <summary>What could not be built.</summary>
    public override IReadOnlyList<string> Notes => Settings.Tool?.AheadOfTimeError is { } error
        ? [$"Left out: the tool compiled ahead of time, which could not be built here: {error}"]
        : [];

    protected override Scenario DefaultScenario => new() { Latency = TimeSpan.FromMilliseconds(20) };

    protected override int DefaultDownloads => 160;

    /// <summary>First runs against the steady state: which case pays most, and what helps.</summary>
    public override Conclusion Conclude(SuiteAnalysis suite)
    {
        var pairs = suite.ValidRows.Where(row => row.Result.IsCold)
            .Select(cold => (Cold: cold, Steady: suite.ValidRows.FirstOrDefault(row => IsSteadyStateOf(row, cold))))
            .Where(pair => pair.Steady is not null)
            .Select(pair => (pair.Cold, Steady: pair.Steady!, Ratio: pair.Cold.MedianMs!.Value / pair.Steady!.MedianMs!.Value))
            .OrderByDescending(pair => pair.Ratio).ToArray();
        if (pairs.Length == 0)
            return new Conclusion([CompareTools(suite) ?? "No case ran both cold and steady, so the first run cannot be compared."]);

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

        if (CompareTools(suite) is { } tools) sentences.Add(tools);
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

    /// <summary>What names a case of the tool.</summary>
    protected static string VariantOf(ToolCompilation compilation) =>
        compilation == ToolCompilation.AheadOfTime ? "tool, ahead of time" : "tool, JIT";

    /// <summary>What the JIT costs in the first run: the tool compiled ahead of time beside the tool that the JIT compiles.</summary>
    private static string? CompareTools(SuiteAnalysis suite)
    {
        var ahead = Find(ToolCompilation.AheadOfTime);
        var jit = Find(ToolCompilation.JustInTime);
        if (ahead is null || jit is null) return null;
        var times = $"Compiled ahead of time the tool took {SentenceFragments.Median(ahead)} as a process";
        return IsFasterInEveryProcess(ahead, jit)
            ? $"{times}; the JIT and its runtime cost {ReportFormat.Time(jit.MedianMs!.Value - ahead.MedianMs!.Value)} more."
            : $"{times}, with the JIT {SentenceFragments.Median(jit)}: not in every process more.";

        CaseAnalysis? Find(ToolCompilation compilation) =>
            suite.ValidRows.FirstOrDefault(row => row.Result.Variant == VariantOf(compilation));
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
}

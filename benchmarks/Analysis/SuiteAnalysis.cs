using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A suite and what follows from its rows.</summary>
public sealed class SuiteAnalysis
{
    private readonly RoundComparison _comparison;
    private readonly Lazy<RoundComparison> _processorTimes;
    private readonly Lazy<RoundComparison> _allocations;

    private SuiteAnalysis(SuiteResult result, ISuiteInterpretation interpretation, CalibrationSummary? calibration)
    {
        Result = result;
        Calibration = calibration;
        ShowsIdealMs = interpretation.ShowsIdealMs;
        (Rows, _comparison) = Compare(result);
        _processorTimes = new(() => new RoundComparison(Rows, row => row.Figures.CpuMsByRound));
        _allocations = new(() => new RoundComparison(Rows, row => row.Figures.AllocatedBytesByRound));
        Baseline = CompletedRows.FirstOrDefault(row => row.Result.IsBaseline);
        Recommendation = Rows.Select(ConditionsOf).Distinct().Count() == 1 ? Recommendation.Choose(Rows) : null;
        Conclusion = Conclusion.Create(this, interpretation);
        Charts =
        [
            .. interpretation.Charts(this).Where(chart => chart.HasData),
            .. Rows.Where(row => row.HasTrend).Select(LineChart.CreateIterations),
        ];
    }

    /// <summary>What was measured.</summary>
    public SuiteResult Result { get; }

    /// <summary>The real server whose conditions these were; null where they are of no one server.</summary>
    public CalibrationSummary? Calibration { get; }

    /// <summary>Whether the results table shows the ideal schedule.</summary>
    public bool ShowsIdealMs { get; }

    /// <summary>The rows, in table order.</summary>
    public IReadOnlyList<CaseAnalysis> Rows { get; }

    /// <summary>The rows whose case ran to its end.</summary>
    public IEnumerable<CaseAnalysis> CompletedRows => Rows.Where(row => row.MedianMs is not null);

    /// <summary>The rows whose time means something: every download succeeded, and the audit found nothing.</summary>
    public IEnumerable<CaseAnalysis> ValidRows => Rows.Where(row => row.IsValid);

    /// <summary>The row that the others are compared with; null when no such row ran.</summary>
    public CaseAnalysis? Baseline { get; }

    /// <summary>How much two processes of one case differ; null where the rounds cannot tell.</summary>
    public ProcessNoise? Noise => _comparison.Noise;

    /// <summary>The choice over all rows; null when no row's time can be compared, or they ran under different conditions.</summary>
    public Recommendation? Recommendation { get; }

    /// <summary>What the suite found.</summary>
    public Conclusion Conclusion { get; }

    /// <summary>Its charts; all have data.</summary>
    public IReadOnlyList<Chart> Charts { get; }

    /// <summary>How much was measured, and the noise found: "160 downloads, 3 rounds, processes of each case: 1 or 3, iterations of each
    /// process: 3. Two processes of one case differ by 3.1 % here."</summary>
    public string MeasurementSummary
    {
        get
        {
            var downloads = Join(Rows.Select(row => row.ListDownloads));
            var processes = Join(CompletedRows.Select(row => row.Result.Processes.Count));
            var iterations = Join(CompletedRows.SelectMany(row => row.Result.Processes).Select(process => process.Iterations.Count));
            return processes.Length == 0
                ? $"{downloads} downloads."
                : $"{downloads} downloads, {ReportFormat.Pluralize(Result.Rounds, "round")}, processes of each case: {processes}, "
                    + $"iterations of each process: {iterations}. {NoiseSummary}";
        }
    }

    /// <summary>The noise in words.</summary>
    public string NoiseSummary => Noise is null
        ? "Too few processes to tell noise: nothing is compared."
        : $"Two processes of one case differ by {ReportFormat.Percent(Noise.TypicalDeviation)} here.";

    /// <summary>The downloads and the scenarios of its rows, these as options of the command line: "160 downloads, `--latency
    /// 10`".</summary>
    public string Conditions
    {
        get
        {
            var downloads = string.Join(" or ", Rows.Select(row => ReportFormat.Number(row.ListDownloads)).Distinct());
            var scenarios = Rows.Select(row => ScenarioOptions.Write(row.Result.Scenario ?? Result.Scenario)).Distinct();
            return $"{downloads} downloads, {string.Join(" or ", scenarios.Select(options => $"`{options}`"))}";
        }
    }

    /// <summary>What the marks of its rows mean, a sentence each.</summary>
    public IEnumerable<string> MarkExplanations
    {
        get
        {
            if (Rows.FirstOrDefault(row => row.Result.ListDownloads is not null) is { } share)
            {
                yield return $"{share.Name} ran {share.Result.Downloads} of the {share.ListDownloads} downloads, each of which "
                    + "takes the same time; speedups compare whole lists.";
            }

            if (Rows.Any(row => row.IsStarved)) yield return "Starved: the workers waited for threads of the pool, not for the server.";
            if (Rows.Any(row => row.IsServerBehind)) yield return ServerDelay.Explanation;
            if (Rows.Any(row => row.HasTrend))
                yield return "Still changing: the iterations get steadily shorter or longer, so the median depends on how many were run.";
            if (Rows.Any(row => row.WasRefused && row.IsValid))
                yield return "Refused: the server refused requests, and the waits before they were sent again decide the time.";
            if (CompletedRows.Any(row => !row.IsValid))
                yield return "Not compared: downloads failed, or may have, or the audit failed, so the time says nothing.";
        }
    }

    /// <summary>The ratio of two rows' makespans, whatever their conditions; null where the rounds cannot tell its interval.</summary>
    public PairedRatio? Ratio(CaseAnalysis numerator, CaseAnalysis denominator) => _comparison.Ratio(numerator, denominator);

    /// <summary>The ratio of two rows' processor times per download, whatever their conditions; null where the rounds cannot tell its
    /// interval.</summary>
    public PairedRatio? ProcessorTimeRatio(CaseAnalysis numerator, CaseAnalysis denominator) =>
        _processorTimes.Value.Ratio(numerator, denominator);

    /// <summary>The ratio of what two rows allocate per download, in the same way.</summary>
    public PairedRatio? AllocationRatio(CaseAnalysis numerator, CaseAnalysis denominator) =>
        _allocations.Value.Ratio(numerator, denominator);

    /// <summary>Whether two rows ran under the same conditions: as many downloads of the same pages from a server that does the
    /// same.</summary>
    public static bool HaveSameConditions(CaseAnalysis one, CaseAnalysis other) => ConditionsOf(one) == ConditionsOf(other);

    /// <summary>Analyses a suite.</summary>
    /// <exception cref="InvalidRunException">A case names a strategy that this program does not have.</exception>
    public static SuiteAnalysis Create(
        SuiteResult result, ISuiteInterpretation interpretation, CalibrationSummary? calibration = null) =>
        new(result, interpretation, calibration);

    /// <summary>Analyses the rows of a suite alone.</summary>
    /// <exception cref="InvalidRunException">A case names a strategy that this program does not have.</exception>
    public static IReadOnlyList<CaseAnalysis> AnalyseRows(SuiteResult suite) => Compare(suite).Rows;

    private static (IReadOnlyList<CaseAnalysis> Rows, RoundComparison Comparison) Compare(SuiteResult suite)
    {
        CheckStrategies(suite);
        CaseAnalysis[] rows = [.. suite.Cases.Select((one, index) => new CaseAnalysis(one, index, one.Scenario ?? suite.Scenario))];
        var comparison = new RoundComparison(rows);
        var groups = rows.Where(row => row.IsBounded && row.Result.ListDownloads is null && comparison.TakesPart(row))
            .GroupBy(ConditionsOf).ToArray();
        var best = groups.ToDictionary(group => group.Key, group => group.MinBy(row => row.MedianMs)!);
        var pairs = groups.Sum(group => group.Count() * (group.Count() - 1) / 2);
        var speedups = GetSpeedups(rows, comparison);
        rows = [.. rows.Select(row => row with
        {
            Speedup = speedups.GetValueOrDefault(row.Index),
            VersusBest = row.IsBounded && best.TryGetValue(ConditionsOf(row), out var other)
                ? Compare(row, other, pairs, comparison)
                : null,
            ProcessDeviation = comparison.DeviationOf(row),
        })];
        return (rows, comparison);
    }

    /// <summary>Rows that differ in these are not compared; protocols are, since a suite asks for their difference.</summary>
    private static (int Downloads, Page? Page, Scenario Scenario) ConditionsOf(CaseAnalysis row) =>
        (row.ListDownloads, row.Result.Page, row.Scenario with { Protocol = default });

    private static ComparisonWithBest? Compare(CaseAnalysis row, CaseAnalysis best, int pairs, RoundComparison comparison)
    {
        if (row.Index == best.Index) return ComparisonWithBest.Best;
        if (row.Result.Downloads != best.Result.Downloads) return null;
        return comparison.Ratio(row, best) is { } ratio ? ComparisonWithBest.Create(ratio, pairs) : null;
    }

    /// <summary>The speedups of the rows that have one, by their index.</summary>
    private static Dictionary<int, Estimate?> GetSpeedups(CaseAnalysis[] rows, RoundComparison comparison)
    {
        var speedups = new Dictionary<int, Estimate?>();
        foreach (var group in rows.GroupBy(row => FindBaseline(row, rows)?.Index))
        {
            if (group.Key is not { } index) continue;
            var baseline = rows[index];
            var ratios = comparison.RatiosToBaseline(baseline, group);
            foreach (var row in group)
            {
                var scale = (double)row.Result.Downloads / baseline.Result.Downloads;
                if (row.Index == baseline.Index) speedups[row.Index] = new Estimate(1, null);
                else if (ratios.TryGetValue(row.Index, out var ratio)) speedups[row.Index] = new(scale * ratio.Value, scale * ratio.Error);
                else speedups[row.Index] = new Estimate(baseline.ListMedianMs!.Value / row.ListMedianMs!.Value, null);
            }
        }

        return speedups;
    }

    /// <summary>What a row is compared with; null where its time says nothing, or nothing can be compared with it.</summary>
    private static CaseAnalysis? FindBaseline(CaseAnalysis row, CaseAnalysis[] rows)
    {
        var baselines = rows.Where(other => other.Result.IsBaseline && other.MedianMs is not null).ToArray();
        // A suite may have a baseline for each of its conditions, or for each variant.
        var baseline = baselines.FirstOrDefault(other => HaveSameConditions(other, row) && other.Result.Workers == row.Result.Workers)
            ?? baselines.FirstOrDefault(other => other.Result.Variant == row.Result.Variant)
            ?? baselines.FirstOrDefault();
        return row.IsValid && baseline is { IsValid: true } && baseline.ListDownloads == row.ListDownloads ? baseline : null;
    }

    private static void CheckStrategies(SuiteResult suite)
    {
        if (suite.Cases.FirstOrDefault(one => StrategyCatalogue.Find(one.Strategy) is null) is { } unknown)
            throw new InvalidRunException($"The suite {suite.Name} has a strategy {unknown.Strategy}, which this program does not have.");
    }

    private static string Join(IEnumerable<int> counts) =>
        string.Join(" or ", counts.Distinct().Order().Select(count => ReportFormat.Number(count)));
}

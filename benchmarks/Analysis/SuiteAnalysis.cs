using Downloader.Benchmarks.Analysis.Charts;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A suite and what follows from its rows.</summary>
public sealed class SuiteAnalysis
{
    private SuiteAnalysis(SuiteResult result, ISuiteInterpretation interpretation)
    {
        Result = result;
        ShowsIdealMs = interpretation.ShowsIdealMs;
        Rows = AnalyseRows(result);
        Baseline = CompletedRows.FirstOrDefault(row => row.Result.IsBaseline);
        var hasOneSize = Rows.Select(row => row.Result.Downloads).Distinct().Count() <= 1;
        Recommendation = hasOneSize ? Recommendation.Choose(Rows) : null;
        FewestWorkersByStrategy = hasOneSize
            ? [.. Rows.GroupBy(row => row.Name).Where(HasSeveralWorkerCounts).Select(Recommendation.FewestWorkers).OfType<CaseAnalysis>()]
            : [];
        Conclusion = Conclusion.Create(this, interpretation);
        Charts = [.. interpretation.Charts(this).Where(chart => chart.HasData)];
    }

    /// <summary>What was measured.</summary>
    public SuiteResult Result { get; }

    /// <summary>Whether the results table shows the ideal schedule.</summary>
    public bool ShowsIdealMs { get; }

    /// <summary>The rows, in table order.</summary>
    public IReadOnlyList<CaseAnalysis> Rows { get; }

    /// <summary>The rows whose case ran to its end.</summary>
    public IEnumerable<CaseAnalysis> CompletedRows => Rows.Where(row => row.MedianMs is not null);

    /// <summary>The row that the others are compared with; null when no such row ran.</summary>
    public CaseAnalysis? Baseline { get; }

    /// <summary>The choice over all rows; null when none is valid, or they differ in downloads.</summary>
    public Recommendation? Recommendation { get; }

    /// <summary><see cref="Recommendation.FewestWorkers"/> of each strategy (and variant) that ran with several worker counts.</summary>
    public IReadOnlyList<CaseAnalysis> FewestWorkersByStrategy { get; }

    /// <summary>What the suite found.</summary>
    public Conclusion Conclusion { get; }

    /// <summary>Its charts; all have data.</summary>
    public IReadOnlyList<Chart> Charts { get; }

    /// <summary>How much was measured: "160 downloads, 6 iterations of each case."</summary>
    public string MeasurementSummary
    {
        get
        {
            var downloads = string.Join(" or ", Rows.Select(row => row.Result.Downloads).Distinct().Order()
                .Select(count => ReportFormat.Number(count)));
            var iterations = string.Join(" or ", CompletedRows.Select(row => row.MakespansMs.Count).Distinct().Order());
            return iterations.Length == 0 ? $"{downloads} downloads." : $"{downloads} downloads, {iterations} iterations of each case.";
        }
    }

    /// <summary>The downloads and the scenarios of its rows, these as options of the command line: "160 downloads, `--latency
    /// 10`".</summary>
    public string Conditions
    {
        get
        {
            var downloads = string.Join(" or ", Rows.Select(row => ReportFormat.Number(row.Result.Downloads)).Distinct());
            var scenarios = Rows.Select(row => ScenarioOptions.Write(row.Result.Scenario ?? Result.Scenario)).Distinct();
            return $"{downloads} downloads, {string.Join(" or ", scenarios.Select(options => $"`{options}`"))}";
        }
    }

    /// <summary>What the marks of its rows mean, a sentence each.</summary>
    public IEnumerable<string> MarkExplanations
    {
        get
        {
            if (Rows.Any(row => row.IsStarved)) yield return "Starved: the workers waited for threads, not for the server.";
            if (Rows.Any(row => row.IsServerBehind)) yield return ServerDelay.Explanation;
        }
    }

    /// <summary>Analyses a suite.</summary>
    /// <exception cref="InvalidRunException">A case names a strategy that this program does not have.</exception>
    public static SuiteAnalysis Create(SuiteResult result, ISuiteInterpretation interpretation) => new(result, interpretation);

    /// <summary>Analyses the rows of a suite alone.</summary>
    /// <exception cref="InvalidRunException">A case names a strategy that this program does not have.</exception>
    public static IReadOnlyList<CaseAnalysis> AnalyseRows(SuiteResult suite)
    {
        if (suite.Cases.FirstOrDefault(one => StrategyCatalogue.Find(one.Strategy) is null) is { } unknown)
            throw new InvalidRunException($"The suite {suite.Name} has a strategy {unknown.Strategy}, which this program does not have.");
        var rows = suite.Cases.Select((one, index) => new CaseAnalysis(one, index, (one.Scenario ?? suite.Scenario).Capacity is not null))
            .ToArray();
        rows = [.. rows.Select(row => row with { Speedup = Speedup(row, rows) })];
        return [.. rows.Select(row => row with { Rank = Rank(row, rows) })];
    }

    private static bool HasSeveralWorkerCounts(IEnumerable<CaseAnalysis> rows) =>
        rows.Select(row => row.Result.Workers).Distinct().Count() > 1;

    private static Estimate? Speedup(CaseAnalysis row, IReadOnlyList<CaseAnalysis> rows)
    {
        var baselines = rows.Where(other => other.Result.IsBaseline && other.MedianMs is not null).ToArray();
        // A suite may have a baseline for each variant.
        var baseline = baselines.FirstOrDefault(other => other.Result.Variant == row.Result.Variant) ?? baselines.FirstOrDefault();
        if (row.MedianMs is null || baseline?.Result.Downloads != row.Result.Downloads) return null;
        return baseline.Index == row.Index ? new Estimate(1, null) : Estimate.Ratio(baseline, row);
    }

    private static int? Rank(CaseAnalysis row, IReadOnlyList<CaseAnalysis> rows)
    {
        return IsComparable(row)
            ? 1 + rows.Count(other => IsComparable(other) && SignificanceTest.IsFaster(other.MakespansMs, row.MakespansMs))
            : null;

        bool IsComparable(CaseAnalysis other) => other.IsValid && other.Result.Downloads == row.Result.Downloads
            && other.MakespansMs.Count >= SignificanceTest.MinIterations;
    }
}

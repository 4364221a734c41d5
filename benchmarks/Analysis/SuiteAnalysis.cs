using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A suite and what follows from its rows.</summary>
public sealed class SuiteAnalysis
{
    private SuiteAnalysis(SuiteResult suite, IReadOnlyList<CaseAnalysis> rows)
    {
        Suite = suite;
        Rows = rows;
        Baseline = rows.FirstOrDefault(row => row.Row.IsBaseline && row.Median is not null);
        if (rows.Select(row => row.Row.Downloads).Distinct().Count() <= 1)
        {
            Recommended = Recommendation.Among(rows);
            FewestWorkersByStrategy =
            [
                .. rows.GroupBy(row => row.Name)
                    .Where(strategy => strategy.Select(row => row.Row.Workers).Distinct().Count() > 1)
                    .Select(Recommendation.FewestWorkers)
                    .OfType<CaseAnalysis>(),
            ];
        }

        Conclusion = Conclusion.To(this);
    }

    /// <summary>What was measured.</summary>
    public SuiteResult Suite { get; }

    /// <summary>The rows, in table order.</summary>
    public IReadOnlyList<CaseAnalysis> Rows { get; }

    /// <summary>The rows that ran.</summary>
    public IEnumerable<CaseAnalysis> Ran => Rows.Where(row => row.Median is not null);

    /// <summary>What the others are compared with; null when no such row ran.</summary>
    public CaseAnalysis? Baseline { get; }

    /// <summary>The choice over all rows; null when none is sound, or they differ in downloads.</summary>
    public Recommendation? Recommended { get; }

    /// <summary><see cref="Recommendation.FewestWorkers"/> of each strategy (and variant) that ran with several worker counts.</summary>
    public IReadOnlyList<CaseAnalysis> FewestWorkersByStrategy { get; } = [];

    /// <summary>What the suite found.</summary>
    public Conclusion Conclusion { get; }

    /// <summary>How much was measured: "160 downloads, 6 iterations of each case."</summary>
    public string Extent
    {
        get
        {
            var iterations = Ran.Select(row => row.Row.Makespans.Count).Distinct().Order().ToArray();
            return $"{string.Join(" or ", Rows.Select(row => row.Row.Downloads).Distinct().Order().Select(count => ReportFormat.Amount(count)))} downloads"
                + (iterations.Length == 0 ? "." : $", {string.Join(" or ", iterations)} iterations of each case.");
        }
    }

    /// <summary>Analyses a suite.</summary>
    public static SuiteAnalysis Of(SuiteResult suite)
    {
        var baselines = suite.Rows.Where(row => row.IsBaseline && row.Makespans.Count > 0).ToArray();
        // A suite may have a baseline for each variant.
        CaseResult? BaselineOf(CaseResult row) => baselines.FirstOrDefault(baseline => baseline.Variant == row.Variant) ?? baselines.FirstOrDefault();
        var rows = suite.Rows.Select((row, index) => Of(row, index, BaselineOf(row)) with { HasCapacity = (row.Scenario ?? suite.Scenario).Capacity is not null }).ToArray();
        return new SuiteAnalysis(suite, [.. rows.Select(row => row with { Rank = Rank(row, rows) })]);
    }

    private static CaseAnalysis Of(CaseResult row, int index, CaseResult? baseline)
    {
        if (row.Makespans.Count == 0) return new CaseAnalysis { Row = row, Index = index };
        var median = Statistics.Median(row.Makespans);
        var spread = Statistics.RelativeSpread(row.Makespans);
        return new CaseAnalysis
        {
            Row = row,
            Index = index,
            Median = median,
            Spread = spread,
            Speedup = baseline?.Downloads != row.Downloads ? null
                : ReferenceEquals(baseline, row) ? new Estimate(1, null)
                : Estimate.Ratio(Statistics.Median(baseline.Makespans), Statistics.RelativeSpread(baseline.Makespans), median, spread),
        };
    }

    private static int? Rank(CaseAnalysis row, IReadOnlyList<CaseAnalysis> rows)
    {
        bool Comparable(CaseAnalysis other) => other.IsValid && other.Row.Downloads == row.Row.Downloads
            && other.Row.Makespans.Count >= SignificanceTest.FewestIterations;
        return Comparable(row)
            ? 1 + rows.Count(other => Comparable(other) && SignificanceTest.IsFaster(other.Row.Makespans, row.Row.Makespans))
            : null;
    }
}

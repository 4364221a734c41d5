using Downloader.Benchmarks.Reports.Answers;

namespace Downloader.Benchmarks.Reports.Analysis;

/// <summary>A suite and what follows from its rows.</summary>
public sealed class SuiteAnalysis
{
    private SuiteAnalysis(SuiteReport suite, IReadOnlyList<RowAnalysis> rows)
    {
        Suite = suite;
        Rows = rows;
        Baseline = rows.FirstOrDefault(row => row.Row.IsBaseline && row.Median is not null);
        if (rows.Select(row => row.Row.Downloads).Distinct().Count() <= 1)
        {
            Recommended = Recommendation.Among(rows);
            PerStrategy =
            [
                .. rows.GroupBy(row => row.Name)
                    .Where(strategy => strategy.Select(row => row.Row.Workers).Distinct().Count() > 1)
                    .Select(Recommendation.FewestWorkers)
                    .OfType<RowAnalysis>(),
            ];
        }

        Answer = Answer.To(this);
    }

    /// <summary>What was measured.</summary>
    public SuiteReport Suite { get; }

    /// <summary>The rows, in table order.</summary>
    public IReadOnlyList<RowAnalysis> Rows { get; }

    /// <summary>The rows that ran.</summary>
    public IEnumerable<RowAnalysis> Ran => Rows.Where(row => row.Median is not null);

    /// <summary>What the others are compared with; null when no such row ran.</summary>
    public RowAnalysis? Baseline { get; }

    /// <summary>The choice over all rows; null when none is sound, or they differ in downloads.</summary>
    public Recommendation? Recommended { get; }

    /// <summary><see cref="Recommendation.FewestWorkers"/> of each strategy (and variant) that ran with several worker counts.</summary>
    public IReadOnlyList<RowAnalysis> PerStrategy { get; } = [];

    /// <summary>What the suite found.</summary>
    public Answer Answer { get; }

    /// <summary>How much was measured: "160 downloads, 6 iterations of each case."</summary>
    public string Extent
    {
        get
        {
            var iterations = Ran.Select(row => row.Row.Makespans.Count).Distinct().Order().ToArray();
            return $"{string.Join(" or ", Rows.Select(row => row.Row.Downloads).Distinct().Order().Select(count => Phrase.Amount(count)))} downloads"
                + (iterations.Length == 0 ? "." : $", {string.Join(" or ", iterations)} iterations of each case.");
        }
    }

    /// <summary>Analyses a suite.</summary>
    public static SuiteAnalysis Of(SuiteReport suite)
    {
        var baselines = suite.Rows.Where(row => row.IsBaseline && row.Makespans.Count > 0).ToArray();
        // A suite may have a baseline for each variant.
        RowReport? BaselineOf(RowReport row) => baselines.FirstOrDefault(baseline => baseline.Variant == row.Variant) ?? baselines.FirstOrDefault();
        var rows = suite.Rows.Select((row, index) => Of(row, index, BaselineOf(row)) with { HasCapacity = (row.Scenario ?? suite.Scenario).Capacity is not null }).ToArray();
        return new SuiteAnalysis(suite, [.. rows.Select(row => row with { Rank = Rank(row, rows) })]);
    }

    private static RowAnalysis Of(RowReport row, int index, RowReport? baseline)
    {
        if (row.Makespans.Count == 0) return new RowAnalysis { Row = row, Index = index };
        var median = Statistics.Median(row.Makespans);
        var spread = Statistics.RelativeSpread(row.Makespans);
        return new RowAnalysis
        {
            Row = row,
            Index = index,
            Median = median,
            Spread = spread,
            Speedup = baseline?.Downloads != row.Downloads ? null
                : ReferenceEquals(baseline, row) ? new Uncertain(1, null)
                : Uncertain.Ratio(Statistics.Median(baseline.Makespans), Statistics.RelativeSpread(baseline.Makespans), median, spread),
        };
    }

    private static int? Rank(RowAnalysis row, IReadOnlyList<RowAnalysis> rows)
    {
        bool Comparable(RowAnalysis other) => other.IsSound && other.Row.Downloads == row.Row.Downloads
            && other.Row.Makespans.Count >= NoiseTest.FewestIterations;
        return Comparable(row)
            ? 1 + rows.Count(other => Comparable(other) && NoiseTest.IsFaster(other.Row.Makespans, row.Row.Makespans))
            : null;
    }
}

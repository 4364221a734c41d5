namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>Horizontal bars, some for each label.</summary>
/// <param name="Caption">What it shows, a sentence.</param>
/// <param name="Values">The axis of the values.</param>
/// <param name="Labels">The labels, from top to bottom.</param>
/// <param name="Series">The bars of every label, from bottom to top; series without a value are left out.</param>
public sealed record BarChart(string Caption, Axis Values, IReadOnlyList<string> Labels, IReadOnlyList<BarSeries> Series) : Chart(Caption)
{
    private const int MedianColor = 1;
    private const int PublishedColor = 5;
    private const int IdealColor = 8;

    /// <inheritdoc/>
    public override bool HasData => Series.Count > 0;

    /// <summary>A chart with a label for each row of a suite.</summary>
    public static BarChart Create(SuiteAnalysis suite, string caption, Axis values, params IReadOnlyList<BarSeries> series) =>
        Create(LabelsOf(suite.Rows), caption, values, series);

    /// <summary>A chart with labels of its own.</summary>
    public static BarChart Create(IReadOnlyList<string> labels, string caption, Axis values, params IReadOnlyList<BarSeries> series) =>
        new(caption, values, labels, [.. series.Where(one => one.Values.Any(value => value is not null))]);

    /// <summary>The makespan of every row, beside the ideal schedule and a published time where there are any.</summary>
    public static BarChart CreateMakespans(SuiteAnalysis suite) => Create(
        suite,
        "Makespan, milliseconds.",
        new Axis("ms"),
        BarSeries.Create("published", PublishedColor, suite.Rows, row => row.Result.PublishedMs, ReportFormat.Time),
        BarSeries.Create("ideal", IdealColor, suite.Rows, row => row.Figures.IdealMs, ReportFormat.Time),
        BarSeries.Create("measured", MedianColor, suite.Rows, row => row.MedianMs, ReportFormat.Time));

    /// <summary>The workers are left out of the labels where all rows have the same.</summary>
    private static string[] LabelsOf(IReadOnlyList<CaseAnalysis> rows)
    {
        var haveSameWorkers = rows.Select(row => row.Result.Workers).Distinct().Count() == 1;
        return [.. rows.Select(row => haveSameWorkers ? row.Name : row.FullName)];
    }
}

using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>A table as data: every view renders the same ones.</summary>
/// <param name="Title">What it holds.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, a cell for each column.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows)
{
    /// <summary>All rows of a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="columns">The columns; null for all that say something.</param>
    public static ReportTable Results(SuiteAnalysis suite, IReadOnlyList<ReportColumn>? columns = null)
    {
        columns ??= ReportColumn.For(suite);
        return new ReportTable(
            $"Results of {suite.Result.Name}",
            [.. columns.Select(column => new TableColumn(column.Title, column.IsNumeric, column.Meaning))],
            [.. suite.Rows.Select(row => (IReadOnlyList<TableCell>)[.. columns.Select(column => column.Cell(row))])]);
    }

    /// <summary>How many workers each strategy needs for its own best; null where that is no question.</summary>
    public static ReportTable? FewestWorkers(SuiteAnalysis suite) => suite.FewestWorkersByStrategy.Count <= 1 ? null : new ReportTable(
        $"Fewest workers of each strategy within {ReportFormat.Percent(Recommendation.Tolerance)}, or within noise, of its own best",
        [new("Strategy", false), new("Workers", true), new("Median", true), new("Speedup", true)],
        [.. suite.FewestWorkersByStrategy.Select(row => (IReadOnlyList<TableCell>)
            [new(row.Name), new(row.WorkersText), new(ReportFormat.Time(row.MedianMs!.Value)), new(ReportColumn.SpeedupText(row))])]);

    /// <summary>How far each row's iterations lie apart, and how late the server was.</summary>
    public static ReportTable Noise(SuiteAnalysis suite) => new(
        $"Noise of each row of {suite.Result.Name}",
        [
            new("Case", false), new("Iterations", true), new("Fastest ms", true), new("Median ms", true), new("Slowest ms", true),
                new("± %", true),
            new("Noise", false), new("Latency asked ms", true), new("Service time ms", true),
        ],
        [.. suite.Rows.Select(NoiseOf)]);

    private static IReadOnlyList<TableCell> NoiseOf(CaseAnalysis row)
    {
        var hasRun = row.MedianMs is not null;
        return
        [
            new(row.FullName), new(ReportFormat.Number(row.MakespansMs.Count)), Cell(hasRun ? row.MakespansMs.Min() : null),
            hasRun ? Cell(row.MedianMs) : new("did not run"), Cell(hasRun ? row.MakespansMs.Max() : null), Cell(row.Spread * 100),
            new(NoiseText(row)), Cell(row.Figures.LatencyMs), Cell(row.Figures.ServiceTimeMs),
        ];
    }

    private static string NoiseText(CaseAnalysis row)
    {
        if (row.Spread is null) return "unknown";
        return RunReliability.IsNoisy(row) ? "noisy" : "quiet";
    }

    private static TableCell Cell(double? value) => new(value is { } number ? ReportFormat.ThreeDigits(number) : "");
}

using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>A table as data: every view renders the same ones.</summary>
/// <param name="Title">What it holds.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows, a cell for each column.</param>
internal sealed record ReportTable(string Title, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<TableCell>> Rows)
{
    /// <summary>The rows, by place, that are not to be compared with the others.</summary>
    public IReadOnlySet<int> MutedRows { get; init; } = new HashSet<int>();

    /// <summary>All rows of a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="columns">The columns; null for all that say something.</param>
    public static ReportTable Results(SuiteAnalysis suite, IReadOnlyList<ReportColumn>? columns = null)
    {
        columns ??= ReportColumn.For(suite);
        return new ReportTable(
            $"Results of {suite.Result.Name}",
            [.. columns.Select(column => new TableColumn(column.Title, column.IsNumeric, column.Meaning))],
            [.. suite.Rows.Select(row => (IReadOnlyList<TableCell>)[.. columns.Select(column => column.Cell(row))])])
        {
            MutedRows = suite.Rows.Where(row => !row.IsValid).Select(row => row.Index).ToHashSet(),
        };
    }

    /// <summary>How far each row's processes lie apart, and how late the server was.</summary>
    public static ReportTable Noise(SuiteAnalysis suite) => new(
        $"Noise of each row of {suite.Result.Name}",
        [
            new("Case", false), new("Processes", true), new("Fastest ms", true), new("Makespan ms", true), new("Slowest ms", true),
            new("Process deviation %", true, "The relative standard deviation of its processes, as the comparison takes it."),
            new("Latency asked ms", true), new("Service time ms", true),
        ],
        [.. suite.Rows.Select(NoiseOf)]);

    private static IReadOnlyList<TableCell> NoiseOf(CaseAnalysis row)
    {
        var hasRun = row.MedianMs is not null;
        return
        [
            new(row.FullName), new(ReportFormat.Number(row.MediansMs.Count)), Cell(hasRun ? row.MediansMs.Values.Min() : null),
            hasRun ? Cell(row.MedianMs) : new("did not run"), Cell(hasRun ? row.MediansMs.Values.Max() : null),
            Cell(row.ProcessDeviation * 100), Cell(row.Figures.LatencyMs), Cell(row.Figures.ServiceTimeMs),
        ];
    }

    private static TableCell Cell(double? value) => new(value is { } number ? ReportFormat.ThreeDigits(number) : "");
}

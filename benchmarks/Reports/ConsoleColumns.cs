using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>Which columns of a suite's table the console shows: as many as leave each row on one line.</summary>
internal static class ConsoleColumns
{
    /// <summary>What the table draws around each cell: a space on either side and the border.</summary>
    private const int CellMargin = 3;

    /// <summary>Reasons of failures are cut at this length; the reports have them whole.</summary>
    private const int MaxTextLength = 28;

    private static readonly string[] Always = [ReportColumn.Strategy, "Workers", "Variant", "Median ms"];

    /// <summary>The others, the most useful first.</summary>
    private static readonly string[] ByUse =
    [
        ReportColumn.Failed, ReportColumn.Standing, "Speedup", "Downloads", ReportColumn.Attempts, ReportColumn.InFlight,
        ReportColumn.VersusBest, ReportColumn.Audit, ReportColumn.Efficiency, "First ms",
    ];

    /// <summary>The columns that fit, in the order of the reports.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="width">The console's width in characters.</param>
    public static IReadOnlyList<ReportColumn> Choose(SuiteAnalysis suite, int width)
    {
        var hasFailures = suite.Rows.Any(row => row.Failed != 0 || row.Result.EndedEarly is not null);
        var known = ReportColumn.For(suite).Where(column => column.Title != ReportColumn.Failed || hasFailures).ToArray();
        var chosen = known.Where(column => Always.Contains(column.Title)).ToList();
        var left = width - chosen.Sum(column => WidthOf(column, suite));
        foreach (var column in ByUse.Select(title => Array.Find(known, column => column.Title == title)).OfType<ReportColumn>())
        {
            if (WidthOf(column, suite) >= left) continue;
            left -= WidthOf(column, suite);
            chosen.Add(column);
        }

        return [.. known.Where(chosen.Contains)];
    }

    /// <summary>The text of a cell, shortened where the reports say more.</summary>
    public static string Text(ReportColumn column, CaseAnalysis row)
    {
        var text = column.Cell(row).PlainText;
        if (column.Title == ReportColumn.Standing) return text.Split(" (")[0];
        return column.Title == ReportColumn.Failed && text.Length > MaxTextLength ? text[..(MaxTextLength - 1)] + "…" : text;
    }

    private static int WidthOf(ReportColumn column, SuiteAnalysis suite) =>
        Math.Max(column.Title.Length, suite.Rows.Max(row => Text(column, row).Length)) + CellMargin;
}

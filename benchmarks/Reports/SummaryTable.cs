using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>The short table at the top of a page: a few rows of a suite in the columns that need no explanation.</summary>
internal static class SummaryTable
{
    /// <summary>The table. Times are those of the whole list.</summary>
    public static ReportTable Create(SuiteAnalysis suite) => new(
        $"A few rows of {suite.Result.Name}",
        [
            new(ReportColumn.Strategy, false), new("Workers", true), new("Time", true), new("Times faster", true),
            new("In flight on average", true),
        ],
        [.. SummaryRows.Choose(suite).Select(Row)]);

    /// <summary>What must be known beside it: rows whose time is in proportion. Empty for nothing.</summary>
    public static string Note(SuiteAnalysis suite) => string.Concat(
        from row in SummaryRows.Choose(suite)
        where row.Result.ListDownloads is not null
        select $" {row.Result.Strategy} ran {row.Result.Downloads} of them; its time is scaled up.");

    private static TableCell[] Row(CaseAnalysis row) =>
    [
        new(row.Result.Strategy) { Marks = row.IsStarved ? ["starved"] : [] },
        new(row.WorkersText),
        new(ReportFormat.Time(row.ListMedianMs!.Value)),
        new(ReportColumn.SpeedupText(row)),
        new(row.Figures.MeanInFlight is { } inFlight ? ReportFormat.ThreeDigits(inFlight) : ""),
    ];
}

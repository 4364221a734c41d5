using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>A column of the results table, the same in every view.</summary>
/// <param name="Title">Its heading, with the unit.</param>
/// <param name="Meaning">What it says, a sentence.</param>
/// <param name="Format">The text of a row; empty when there is nothing to say.</param>
/// <param name="SortKey">The number by which rows are sorted; null for a column of text.</param>
public sealed record ReportColumn(string Title, string Meaning, Func<CaseAnalysis, string> Format, Func<CaseAnalysis, double?>? SortKey)
{
    internal const string Strategy = "Strategy";
    internal const string Ideal = "Ideal ms";
    internal const string Audit = "Audit";
    internal const string FailedAudit = "FAILED";
    internal const string Efficiency = "Efficiency %";
    internal const string InFlight = "In-Flight";
    internal const string Failed = "Failed";

    private static readonly ReportColumn[] All =
    [
        Text(Strategy, "The concurrency pattern.", row => row.Result.Strategy),
        Number("Workers", "The most requests in flight it was allowed; some have no limit.", row => row.Result.Workers,
            row => row.WorkersText),
        Text("Variant", "How this case differs from others of its strategy.", row => row.VariantText),
        Number("Downloads", "Downloads per iteration.", row => row.Result.Downloads, row => ReportFormat.Number(row.Result.Downloads)),
        Number("Median ms", "Median makespan: from the start of the first download to the end of the last.", row => row.MedianMs),
        Number("± %", "Spread of the makespans: median absolute deviation × 1.4826, over the median.", row => row.Spread * 100),
        Number(Ideal, "What that many workers would take without any overhead, given the service times the server logged.",
            row => row.Figures.IdealMs),
        Number("Published ms", "The time published elsewhere for this case.", row => row.Result.PublishedMs),
        Number("Speedup", "The baseline's median over this one's.", row => row.Speedup?.Value, SpeedupText),
        Number("Rank", "1 + how many rows are faster beyond noise.", row => row.Rank, row => Whole(row.Rank)),
        Text(Audit, "Whether the server saw what was asked for.", AuditText),
        Number("Downloads/s", "Downloads that succeeded, per second.", row => row.DownloadsPerSecond),
        Number(Efficiency, "Ideal schedule over makespan.", row => row.Efficiency),
        Number(InFlight, "Requests in flight on average: total service time over makespan, from the server's log.",
            row => row.Figures.MeanInFlight),
        Number("Peak", "The most requests in flight, from the server's log.", row => row.Figures.PeakInFlight,
            row => Whole(row.Figures.PeakInFlight)),
        Number("Connections", "Connections the requests of one iteration came on.", row => row.Figures.Connections,
            row => Whole(row.Figures.Connections)),
        Number("Attempts", "Requests per iteration in the server's log, retries included.", row => row.Figures.Attempts,
            row => Whole(row.Figures.Attempts)),
        Number("Allocated KB", "Memory the client allocated per download.", row => row.Figures.AllocatedBytesPerDownload / 1024),
        Number("CPU ms", "Processor time of the client's process per download.", row => row.Figures.CpuMsPerDownload),
        Number("Memory MB", "Largest resident memory of the client's process.", row => row.Figures.PeakMemoryBytes / 1024.0 / 1024),
        Number(Failed, "Downloads per iteration that failed.", row => row.Failed, FailedText),
    ];

    /// <summary>Shown only where rows differ in them; other columns wherever a row has a text.</summary>
    private static readonly string[] OnlyWhereRowsDiffer = ["Downloads", "Attempts"];

    private static readonly string[] CostColumns = ["Downloads/s", "Allocated KB", "CPU ms", "Memory MB"];

    /// <summary>Whether its cells are numbers.</summary>
    public bool IsNumeric => SortKey is not null;

    /// <summary>The columns that say something about a suite's rows, in order.</summary>
    public static IReadOnlyList<ReportColumn> For(SuiteAnalysis suite) =>
        [.. All.Where(column => (column.Title != Ideal || suite.ShowsIdealMs)
            && column.DistinctTexts(suite) > (OnlyWhereRowsDiffer.Contains(column.Title) ? 1 : 0))];

    /// <summary>Those of a page of the docs: the client's cost and the throughput only where they are the question, failures only where
    /// there are any.</summary>
    internal static IReadOnlyList<ReportColumn> ForDocuments(SuiteAnalysis suite)
    {
        var isAboutSize = suite.Rows.Select(row => row.Result.Downloads).Distinct().Count() > 1;
        var hasFailures = suite.CompletedRows.Any(row => row.Failed != 0);
        string[] omitted = [.. isAboutSize ? [] : CostColumns, .. hasFailures ? [] : (string[])[Failed]];
        return [.. For(suite).Where(column => !omitted.Contains(column.Title))];
    }

    internal static string SpeedupText(CaseAnalysis row) => row.Speedup is { } speedup ? ReportFormat.WithError(speedup) : "";

    internal TableCell Cell(CaseAnalysis row) => new(Format(row), SortKey?.Invoke(row)) { Marks = Title == Strategy ? row.Marks : [] };

    private int DistinctTexts(SuiteAnalysis suite) => suite.Rows.Select(Format).Where(text => text.Length > 0).Distinct().Count();

    private static string AuditText(CaseAnalysis row)
    {
        if (row.Result.AuditFindings.Count > 0) return FailedAudit;
        return row.Result.IsAudited ? "passed" : "none";
    }

    private static string FailedText(CaseAnalysis row)
    {
        if (row.MedianMs is null) return "";
        return row.Failed is { } failed ? ReportFormat.Number(failed) : "unknown";
    }

    private static ReportColumn Text(string title, string meaning, Func<CaseAnalysis, string> format) => new(title, meaning, format, null);

    private static ReportColumn Number(
        string title, string meaning, Func<CaseAnalysis, double?> value, Func<CaseAnalysis, string>? format = null) =>
        new(title, meaning, format ?? (row => value(row) is { } number ? ReportFormat.ThreeDigits(number) : ""), value);

    private static string Whole(double? count) => count is { } number ? ReportFormat.Number(number) : "";
}

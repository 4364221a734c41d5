using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Conclusions;

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
    internal const string Attempts = "Attempts";
    internal const string VersusBest = "vs best";
    internal const string Standing = "Standing";

    private static readonly ReportColumn[] All =
    [
        Text(Strategy, "The concurrency pattern.", row => row.Result.Strategy),
        Number("Workers", "The most requests in flight it was allowed; some have no limit.", row => row.Result.Workers,
            row => row.WorkersText),
        Text("Variant", "How this case differs from others of its strategy.", row => row.VariantText),
        Number("Downloads", "Downloads of the list.", row => row.ListDownloads, row => ReportFormat.Number(row.ListDownloads)),
        Number("Median ms", "Makespan, from the start of the first download to the end of the last: the median of each process, and of "
            + "these the geometric mean.", row => row.MedianMs),
        Number("First ms", "The first run in a fresh process, connections and JIT included: the median of the processes.",
            row => row.Figures.FirstMs),
        Number(Ideal, "What that many workers would take without any overhead, given the service times the server logged.",
            row => row.Figures.IdealMs),
        Number("Published ms", "The time published elsewhere for this case.", row => row.Result.PublishedMs),
        Number("Speedup", "The baseline's makespan over this one's, paired within rounds, ± half the 95 % interval.",
            row => row.Speedup?.Value, SpeedupText),
        Number(VersusBest, "How much slower than the best, ± half the 95 % interval.", row => row.VersusBest?.Slowdown,
            row => row.VersusBest is { } comparison ? ReportFormat.Slowdown(comparison) : ""),
        Text(Standing, "Best or tie: at most 5 % slower than the best, as the interval shows. Slower: more than that, for all pairs of "
            + "rows at once. Undecided: the interval allows both.", StandingText),
        Text(Audit, "Whether the server saw what was asked for.", AuditText),
        Number("Downloads/s", "Downloads that succeeded, per second.", row => row.DownloadsPerSecond),
        Number(Efficiency, "Ideal schedule over makespan.", row => row.Efficiency),
        Number(InFlight, "Requests in flight on average: total service time over makespan, from the server's log.",
            row => row.Figures.MeanInFlight),
        Number("Peak", "The most requests in flight, from the server's log.", row => row.Figures.PeakInFlight,
            row => Whole(row.Figures.PeakInFlight)),
        Number("Connections", "Connections the requests of one iteration came on.", row => row.Figures.Connections,
            row => Whole(row.Figures.Connections)),
        Number(Attempts, "Requests per iteration in the server's log, retries included.", row => row.Figures.Attempts,
            row => Whole(row.Figures.Attempts)),
        Number("Allocated KB", "Memory the client allocated per download.", row => row.Figures.AllocatedBytesPerDownload / 1024),
        Number("CPU µs", "Processor time of the client's process per download.", row => 1000 * row.Figures.CpuMsPerDownload),
        Number("Memory MB", "Largest resident memory of the client's process.", row => row.Figures.PeakMemoryBytes / 1024.0 / 1024),
        Number(Failed, "Downloads per iteration that failed, and why.", row => row.Failed, FailedText),
    ];

    /// <summary>Shown only where rows differ in them; other columns wherever a row has a text.</summary>
    private static readonly string[] OnlyWhereRowsDiffer = ["Downloads"];

    private static readonly string[] CostColumns = ["Downloads/s", "Allocated KB", "CPU µs", "Memory MB"];

    /// <summary>Whether its cells are numbers.</summary>
    public bool IsNumeric => SortKey is not null;

    /// <summary>The columns that say something about a suite's rows, in order.</summary>
    public static IReadOnlyList<ReportColumn> For(SuiteAnalysis suite) =>
    [
        .. All.Where(column => (column.Title != Ideal || suite.ShowsIdealMs)
            && (column.Title != Attempts || suite.Rows.Any(row => row.Figures.Attempts is { } attempts && attempts != row.Result.Downloads))
            && column.DistinctTexts(suite) > (OnlyWhereRowsDiffer.Contains(column.Title) ? 1 : 0)),
    ];

    /// <summary>Those of a page of the docs: the client's cost and the throughput only where they are the question, failures only where
    /// there are any.</summary>
    internal static IReadOnlyList<ReportColumn> ForDocuments(SuiteAnalysis suite)
    {
        var isAboutSize = suite.Rows.Select(row => row.ListDownloads).Distinct().Count() > 1;
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
        if (row.MedianMs is null) return row.Result.EndedEarly is { } reason ? $"ended early: {reason}" : "";
        if (row.Failed is not { } failed) return "unknown";
        return failed > 0 && SentenceFragments.Reasons(row) is { Length: > 0 } reasons
            ? $"{ReportFormat.Number(failed)} ({reasons})"
            : ReportFormat.Number(failed);
    }

    private static string StandingText(CaseAnalysis row) => row.VersusBest switch
    {
        null => "",
        { Standing: Analysis.Standing.BestOrTie } => "best or tie",
        { Standing: Analysis.Standing.Slower } => "slower",
        { RoundsNeeded: { } rounds } => $"undecided (about {rounds} rounds)",
        _ => "undecided",
    };

    private static ReportColumn Text(string title, string meaning, Func<CaseAnalysis, string> format) => new(title, meaning, format, null);

    private static ReportColumn Number(
        string title, string meaning, Func<CaseAnalysis, double?> value, Func<CaseAnalysis, string>? format = null) =>
        new(title, meaning, format ?? (row => value(row) is { } number ? ReportFormat.ThreeDigits(number) : ""), value);

    private static string Whole(double? count) => count is { } number ? ReportFormat.Number(number) : "";
}

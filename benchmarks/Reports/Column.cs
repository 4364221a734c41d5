using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>A column of the results table, the same in every view.</summary>
/// <param name="Title">Its heading, with the unit.</param>
/// <param name="Meaning">What it says, a sentence.</param>
/// <param name="Text">Its cell; empty when there is nothing to say.</param>
/// <param name="Value">What its cells are sorted by; null for text.</param>
public sealed record Column(string Title, string Meaning, Func<CaseAnalysis, string> Text, Func<CaseAnalysis, double?>? Value)
{
    /// <summary>The title of the efficiency column.</summary>
    internal const string Efficiency = "Efficiency %";

    private static readonly Column[] Known =
    [
        Words("Strategy", "The concurrency pattern.", row => row.Row.Strategy),
        Number("Workers", "The most requests in flight it was allowed; none means that it has no limit.",
            row => row.Row.Workers, row => row.Row.Workers is { } workers ? ReportFormat.Amount(workers) : row.Row.Kind == StrategyKind.Sequential ? "1" : "no limit"),
        Words("Variant", "What else tells this case from others.",
            row => string.Join(", ", new[] { row.Row.Variant, row.Row.IsCold ? "cold" : null }.Where(mark => !string.IsNullOrEmpty(mark)))),
        Number("Downloads", "Downloads per iteration.", row => row.Row.Downloads, row => ReportFormat.Amount(row.Row.Downloads)),
        Number("Median ms", "Median makespan: from the start of the first download to the end of the last.", row => row.Median),
        Number("± %", "Spread of the makespans: median absolute deviation × 1.4826, over the median.", row => row.Spread * 100),
        Number("Ideal ms", "What that many workers would take without any overhead, given the service times the server saw.", row => row.Ideal),
        Number("Published ms", "The time published elsewhere for this case.", row => row.Row.Published),
        Number("Speedup", "The baseline's median over this one's.", row => row.Speedup?.Value, row => row.Speedup is { } speedup ? ReportFormat.Figure(speedup) : ""),
        Number("Rank", "1 + how many rows are faster beyond noise.", row => row.Rank, row => Count(row.Rank)),
        Words("Audit", "Whether the server saw what was asked for.", row => row.Row switch
        {
            { AuditFindings.Count: > 0 } => "FAILED",
            { Audited: true } => "passed",
            _ => "none",
        }),
        Number("Downloads/s", "Downloads that succeeded, per second.", row => row.DownloadsPerSecond),
        Number(Efficiency, "Ideal schedule over makespan.", row => row.Efficiency),
        Number("In-Flight", "Requests in flight on average: total service time over makespan, as the server saw it.", row => row.Row.InFlight),
        Number("Peak", "The most requests in flight, as the server saw it.", row => row.Row.Peak, row => Count(row.Row.Peak)),
        Number("Connections", "Connections the requests of one iteration came on.", row => row.Row.Connections, row => Count(row.Row.Connections)),
        Number("Attempts", "Requests per iteration the server saw, retries included.", row => row.Row.Attempts, row => Count(row.Row.Attempts)),
        Number("Allocated KB", "Memory the client allocated per download.", row => row.Row.AllocatedPerDownload / 1024),
        Number("CPU ms", "Processor time of the client's process per download.", row => row.Row.CpuPerDownload),
        Number("Memory MB", "Largest resident memory of the client's process.", row => row.Row.PeakMemory / 1024 / 1024),
        Number("Failed", "Downloads per iteration that failed.", row => row.Failed,
            row => row.Median is null ? "" : row.Failed is { } failed ? ReportFormat.Amount(failed) : "unknown"),
    ];

    // Shown only where they tell rows apart; the others whenever a row has them.
    private static readonly string[] OnlyWhereTheyDiffer = ["Downloads", "Attempts"];

    /// <summary>The columns that say something about a suite's rows, in order.</summary>
    public static IReadOnlyList<Column> For(SuiteAnalysis suite) =>
    [
        .. Known.Where(column => column.Title switch
        {
            "Ideal ms" or "Published ms" => suite.Suite.Topic is SuiteTopic.Comparison or SuiteTopic.Tail && suite.Rows.Any(row => column.Text(row).Length > 0),
            var title when OnlyWhereTheyDiffer.Contains(title) => suite.Rows.Select(row => column.Text(row)).Distinct().Count() > 1,
            _ => suite.Rows.Any(row => column.Text(row).Length > 0),
        }),
    ];

    private static Column Words(string title, string meaning, Func<CaseAnalysis, string> text) => new(title, meaning, text, null);

    private static Column Number(string title, string meaning, Func<CaseAnalysis, double?> value, Func<CaseAnalysis, string>? text = null) =>
        new(title, meaning, text ?? (row => value(row) is { } number ? ReportFormat.Number(number) : ""), value);

    private static string Count(double? count) => count is { } amount ? ReportFormat.Amount(amount) : "";
}

using System.Text.Json;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Conclusions;

namespace Downloader.Benchmarks.Reports;

/// <summary>The analysis as JSON for the script of <c>report.html</c>: what it draws, nothing it must work out.</summary>
internal static class ReportData
{
    // Of all rows together: at some 20 bytes a bar the report stays far below its 6 MB.
    private const int MostBars = 60_000;
    private const int MostBarsOfARow = 2_000;

    // Escapes <, > and & (the default encoder does): no name can end the script element it stands in.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static string Of(RunAnalysis analysis)
    {
        var drawn = analysis.Suites.Sum(suite => suite.Rows.Count(row => row.Row.Waterfall.Count > 0));
        var barsOfARow = Math.Min(MostBarsOfARow, MostBars / Math.Max(1, drawn));
        return JsonSerializer.Serialize(
            new
            {
                Started = analysis.Run.Started.ToString("yyyy-MM-dd HH:mm 'UTC'zzz", System.Globalization.CultureInfo.InvariantCulture),
                Took = ReportFormat.Time(analysis.Run.Took.TotalMilliseconds),
                analysis.Run.Command,
                Machine = Pairs(analysis.Run.Machine),
                analysis.Run.Files,
                analysis.Warnings,
                Caveats = Caveats.All,
                Suites = analysis.Suites.Select(suite => Suite(suite, barsOfARow)),
            },
            Json);
    }

    private static object Suite(SuiteAnalysis suite, int mostBars)
    {
        var columns = Column.For(suite);
        return new
        {
            suite.Suite.Name,
            suite.Suite.Question,
            suite.Suite.Notes,
            suite.Extent,
            Topic = suite.Suite.Topic.ToString(),
            Scenarios = ScenarioText.Of(suite).Select(told => new { told.For, Facts = Pairs(told.Facts) }),
            suite.Suite.Scenario.Capacity,
            Conclusion = suite.Conclusion.Sentences,
            suite.Conclusion.Recommended,
            FewestWorkersByStrategy = suite.FewestWorkersByStrategy.Select(row => new
            {
                row.Name,
                row.Row.Workers,
                Median = ReportFormat.Time(row.Median!.Value),
                Speedup = row.Speedup is { } speedup ? ReportFormat.Figure(speedup) : null,
            }),
            Columns = columns.Select(column => new { column.Title, column.Meaning, Numeric = column.Value is not null }),
            Rows = suite.Rows.Select(row => Row(row, columns, mostBars)),
        };
    }

    private static object Row(CaseAnalysis row, IReadOnlyList<Column> columns, int mostBars) => new
    {
        row.Name,
        row.FullName,
        row.Plain,
        row.Row.Strategy,
        Kind = row.Row.Kind.ToString(),
        row.Row.Workers,
        row.Allowed,
        row.Row.Downloads,
        row.Row.IsCold,
        row.Row.IsBaseline,
        Makespans = row.Row.Makespans.Select(Round),
        Median = Round(row.Median),
        Spread = Round(row.Spread * 100),
        IsNoisy = RunReliability.IsNoisy(row),
        Ideal = Round(row.Ideal),
        row.Row.Published,
        Speedup = Round(row.Speedup?.Value),
        SpeedupOff = Round(row.Speedup?.Error),
        PerSecond = Round(row.DownloadsPerSecond),
        Efficiency = Round(row.Efficiency),
        InFlight = Round(row.Row.InFlight),
        row.Row.Peak,
        row.Row.Connections,
        Attempts = Round(row.Row.Attempts),
        Succeeded = Round(row.Succeeded),
        Failed = Round(row.Failed),
        row.Row.FailureReasons,
        ServiceTime = Round(row.Row.ServiceTime),
        Memory = Round(row.Row.PeakMemory / 1024 / 1024),
        row.IsStarved,
        row.Row.Audited,
        Findings = row.Row.AuditFindings,
        Cells = columns.Select(column => new object?[] { column.Text(row), column.Value is { } value ? value(row) : column.Text(row) }),
        Bars = row.Row.Waterfall.Take(mostBars).Select(bar =>
            new object[] { bar.Lane, Round(bar.Start), Round(bar.End), bar.Outcome.ToString(), bar.Page.ToString() }),
        BarsInAll = row.Row.Waterfall.Count,
    };

    private static double Round(double value) => Math.Round(value, 3);

    private static double? Round(double? value) => value is { } number && double.IsFinite(number) ? Round(number) : null;

    private static IEnumerable<string[]> Pairs(IEnumerable<KeyValuePair<string, string>> pairs) => pairs.Select(pair => new[] { pair.Key, pair.Value });
}

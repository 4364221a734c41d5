using System.Text.Json;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Charts;

namespace Downloader.Benchmarks.Reports;

/// <summary>The charts of a run as JSON for the script of <c>report.html</c>.</summary>
internal static class ReportData
{
    // Of all rows together: at some 30 bytes a bar the report stays far below 6 MB.
    private const int MaxBars = 60_000;
    private const int MaxBarsPerRow = 2_000;

    // The default encoder escapes <, > and &: no name can end the script element it stands in.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The charts of each suite, in order, and what the colours of a waterfall mean.</summary>
    public static string Create(RunAnalysis analysis)
    {
        var drawn = analysis.Suites.Sum(suite => suite.Rows.Count(row => row.Result.Waterfall.Count > 0));
        var barsPerRow = Math.Min(MaxBarsPerRow, MaxBars / Math.Max(1, drawn));
        var suites = analysis.Suites.Select(suite => new { suite.Charts, Waterfall = Waterfall.Create(suite, barsPerRow) });
        return JsonSerializer.Serialize(new { Suites = suites, WaterfallPanel.Outcomes }, Json);
    }
}

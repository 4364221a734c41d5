using System.Text.Json;
using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Benchmarks.Reports;

/// <summary>The forest plots of a comparison, as JSON for the script of <c>compare.html</c>: a point and its interval for each
/// case.</summary>
internal static class CompareForest
{
    // The default encoder escapes <, > and &: no name can end the script element it stands in.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The plots: makespans, and allocations where there are any.</summary>
    public static string Create(RunComparison comparison)
    {
        object[] forests =
        [
            .. Plot("How much longer the candidate takes, with 95 % intervals.", "makespan of the candidate against the base",
                comparison.Gate, comparison.Cases.Select(one => (one, one.Time, ComparisonText.TimeVerdict(comparison, one)))),
            .. Plot("How much more the candidate allocates per download, with 95 % intervals.",
                "allocations of the candidate against the base",
                comparison.Gate is null ? null : RegressionGate.AllocationIncrease,
                comparison.Cases.Select(one => (one, one.Allocations, ComparisonText.AllocationVerdict(comparison, one)))),
        ];
        return JsonSerializer.Serialize(new { Suites = Array.Empty<object>(), Forests = forests }, Json);
    }

    private static IEnumerable<object> Plot(
        string caption, string axis, double? gate, IEnumerable<(ComparedCase Case, ComparedFigure? Figure, string Verdict)> rows)
    {
        var shown = rows.Where(row => row.Figure is not null).Select(row => CreateRow(row.Case, row.Figure!, row.Verdict)).ToArray();
        if (shown.Length > 0) yield return new { Caption = caption, Axis = axis, Gate = gate * 100, Rows = shown };
    }

    private static object CreateRow(ComparedCase one, ComparedFigure figure, string verdict) => new
    {
        one.Name,
        Value = Percent(figure.Ratio.Value),
        Low = Percent(figure.Ratio.Low),
        High = Percent(figure.Ratio.High),
        Difference = ComparisonText.Difference(figure.Ratio),
        Verdict = verdict,
        Kind = figure.Verdict switch
        {
            Verdict.Higher => "bad",
            Verdict.Lower => "good",
            Verdict.TooNoisy => "warn",
            _ => "ink",
        },
    };

    private static double Percent(double ratio) => Math.Round((ratio - 1) * 100, 3);
}

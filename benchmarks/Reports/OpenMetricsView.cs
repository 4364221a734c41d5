using System.Globalization;
using System.Text;
using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>report.openmetrics.txt</c>: the figures of every case in the OpenMetrics text format, version 1.0, for monitoring
/// systems.</summary>
public static class OpenMetricsView
{
    /// <summary>The text: one family after the other, a sample for each case that has the figure.</summary>
    public static string Render(RunAnalysis analysis)
    {
        var rows = analysis.Suites.SelectMany(suite => suite.Rows.Select(row => (Labels: LabelsOf(suite, row), Row: row))).ToArray();
        var text = new StringBuilder();
        AppendHead(text, "downloader_run", "info", null, "When and on what it was measured.");
        AppendSample(text, "downloader_run_info", RunLabels(analysis), 1);
        foreach (var family in OpenMetricsFamily.All)
        {
            var known = rows.Where(row => family.Value(row.Row) is not null).ToArray();
            if (known.Length == 0) continue;
            AppendHead(text, family.Name, "gauge", family.Unit, family.Help);
            foreach (var (labels, row) in known) AppendSample(text, family.Name, labels, family.Value(row)!.Value);
        }

        return text.Append("# EOF\n").ToString();
    }

    private static void AppendHead(StringBuilder text, string name, string type, string? unit, string help)
    {
        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        if (unit is not null) text.Append(CultureInfo.InvariantCulture, $"# UNIT {name} {unit}\n");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(help)}\n");
    }

    private static void AppendSample(StringBuilder text, string name, IEnumerable<(string Name, string Value)> labels, double value)
    {
        var list = string.Join(',', labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""));
        text.Append(CultureInfo.InvariantCulture, $"{name}{{{list}}} {value:R}\n");
    }

    /// <summary>Enough to tell every case of a run from all others; a label without a value is left out.</summary>
    private static (string Name, string Value)[] LabelsOf(SuiteAnalysis suite, CaseAnalysis row)
    {
        var result = row.Result;
        (string Name, string? Value)[] labels =
        [
            ("suite", suite.Result.Name),
            ("strategy", result.Strategy),
            ("workers", result.Workers?.ToString(CultureInfo.InvariantCulture)),
            ("variant", result.Variant),
            ("downloads", result.Downloads.ToString(CultureInfo.InvariantCulture)),
            ("start", result.IsCold ? "cold" : "steady"),
        ];
        return [.. labels.Where(label => !string.IsNullOrEmpty(label.Value)).Select(label => (label.Name, label.Value!))];
    }

    private static IEnumerable<(string Name, string Value)> RunLabels(RunAnalysis analysis) =>
    [
        ("started", analysis.Run.Started.ToString("O", CultureInfo.InvariantCulture)),
        ("command", analysis.Run.Command),
        .. analysis.Run.Machine.Select(fact => (LabelName(fact.Key), fact.Value)),
    ];

    /// <summary>A fact's name as a label: lower case, an underscore for all that is no letter or digit.</summary>
    private static string LabelName(string fact)
    {
        var name = string.Concat(fact.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')).Trim('_');
        return char.IsAsciiDigit(name.FirstOrDefault('0')) ? $"fact_{name}" : name;
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}

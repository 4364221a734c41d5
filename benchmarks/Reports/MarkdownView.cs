using System.Text;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Conclusions;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>report.md</c>: the report as GitHub shows it.</summary>
public static class MarkdownView
{
    /// <summary>The document.</summary>
    public static string Render(RunAnalysis analysis)
    {
        var text = new StringBuilder("# Concurrent downloads: benchmark report\n\n");
        foreach (var warning in analysis.Warnings) text.Append($"> **Warning:** {Escape(warning)}\n>\n");
        if (analysis.Warnings.Count > 0) text.Length -= 2;
        if (analysis.Warnings.Count > 0) text.Append('\n');

        foreach (var suite in analysis.Suites) Suite(text, suite);

        text.Append("## What was measured\n\n");
        Pairs(text, [.. analysis.Run.Machine, new("Started", analysis.Run.Started.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture)),
            new("Took", ReportFormat.Time(analysis.Run.Took.TotalMilliseconds))]);
        text.Append($"\nRepeat it:\n\n```\n{analysis.Run.Command.ReplaceLineEndings(" ")}\n```\n\n");
        text.Append("### What the numbers do not say\n\n");
        foreach (var caveat in Caveats.All) text.Append($"- {caveat}\n");
        if (analysis.Run.Files.Count == 0) return text.ToString();
        text.Append("\n### BenchmarkDotNet's own reports\n\n");
        foreach (var file in analysis.Run.Files) text.Append($"- [{Escape(file)}](<{file.Replace('\\', '/')}>)\n");
        return text.ToString();
    }

    private static void Suite(StringBuilder text, SuiteAnalysis suite)
    {
        text.Append($"## {Escape(suite.Suite.Name)}\n\n*{Escape(suite.Suite.Question)}* {suite.Extent}\n\n");
        text.Append(Escape(string.Join(' ', suite.Conclusion.Sentences))).Append("\n\n");
        if (suite.Conclusion.Recommended is { } recommended) text.Append($"**{Escape(recommended)}**\n\n");

        var columns = Column.For(suite);
        Table(text, [.. columns.Select(column => (column.Title, column.Value is not null))],
            [.. suite.Rows.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => Cell(column, row))])]);
        if (suite.Rows.Any(row => row.IsStarved)) text.Append("\nStarved: its workers waited for threads, not for the server.\n");
        foreach (var note in suite.Suite.Notes) text.Append($"\n{Escape(note)}\n");
        Findings(text, suite);
        if (suite.FewestWorkersByStrategy.Count > 1)
        {
            text.Append($"\nFewest workers of each strategy within {ReportFormat.Percent(Recommendation.Tolerance)}, or within noise, of its own best:\n\n");
            Table(text, [("Strategy", false), ("Workers", true), ("Median", true), ("Speedup", true)],
                [.. suite.FewestWorkersByStrategy.Select(row => (IReadOnlyList<string>)[row.Name, $"{row.Row.Workers}",
                    ReportFormat.Time(row.Median!.Value), row.Speedup is { } speedup ? ReportFormat.Figure(speedup) : ""])]);
        }

        foreach (var told in ScenarioText.Of(suite))
        {
            text.Append($"\nThe server was told{(told.For is { } whom ? $" for {Escape(whom)}" : "")}:\n\n");
            Pairs(text, told.Facts);
        }

        text.Append('\n');
    }

    private static string Cell(Column column, CaseAnalysis row) => column.Text(row) + (column.Title == "Strategy" && row.IsStarved ? " (starved)" : "");

    private static void Findings(StringBuilder text, SuiteAnalysis suite)
    {
        var audited = suite.Rows.Count(row => row.Row.Audited);
        var failed = suite.Rows.Where(row => row.Row.AuditFindings.Count > 0).ToArray();
        text.Append(audited == 0 ? "\nAudit: the server did not witness this suite.\n"
            : failed.Length == 0 ? $"\nAudit: passed for {ReportFormat.Count(audited, "row")} of {suite.Rows.Count}.\n"
            : $"\n**Audit: FAILED for {ReportFormat.Count(failed.Length, "row")} of {suite.Rows.Count}.**\n\n");
        foreach (var row in failed)
        {
            foreach (var finding in row.Row.AuditFindings) text.Append($"- {Escape(row.FullName)}: {Escape(finding)}\n");
        }
    }

    private static void Pairs(StringBuilder text, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        foreach (var (name, value) in pairs) text.Append($"- {Escape(name)}: {Escape(value)}\n");
    }

    // Padded, so that it reads well as plain text too.
    private static void Table(StringBuilder text, IReadOnlyList<(string Title, bool Numeric)> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(row => row.Select(Escape).ToArray()).ToArray();
        var widths = columns.Select((column, index) => Math.Max(3, cells.Select(row => row[index].Length).Append(column.Title.Length).Max())).ToArray();
        void Line(IEnumerable<string> line) => text.Append("| ").AppendJoin(" | ", line).Append(" |\n");
        Line(columns.Select((column, index) => Pad(column.Title, index)));
        Line(columns.Select((column, index) => column.Numeric ? new string('-', widths[index] - 1) + ":" : new string('-', widths[index])));
        foreach (var row in cells) Line(row.Select(Pad));
        string Pad(string cell, int index) => columns[index].Numeric ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]);
    }

    // A name is text here, never markup or a new line.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.ReplaceLineEndings(" "));
        return escaped.Replace("\\", "\\\\").Replace("&", "&amp;").Replace("<", "&lt;").Replace("|", "\\|").Replace("`", "\\`")
            .Replace("*", "\\*").Replace("_", "\\_").Replace("[", "\\[").ToString();
    }
}

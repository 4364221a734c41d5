using System.Text;
using Downloader.Benchmarks.Analysis;
using static Downloader.Benchmarks.Reports.MarkdownText;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>report.md</c>: the report as GitHub shows it.</summary>
public static class MarkdownView
{
    /// <summary>The document.</summary>
    public static string Render(RunAnalysis analysis)
    {
        var text = new StringBuilder("# Concurrent downloads: benchmark report\n\n");
        text.AppendJoin(">\n", analysis.Warnings.Select(warning => $"> **Warning:** {Escape(warning)}\n"));
        if (analysis.Warnings.Count > 0) text.Append('\n');
        foreach (var suite in analysis.Suites) Suite(text, suite);
        text.Append("## What was measured\n\n").Append(Facts(RunFacts.All(analysis.Run)));
        text.Append($"\nRepeat it:\n\n```\n{RunFacts.GetCommand(analysis.Run).ReplaceLineEndings(" ")}\n```\n\n");
        text.Append("### What the numbers do not say\n\n").Append(Bullets(Caveats.All));
        if (analysis.Run.Files.Count == 0) return text.ToString();
        text.Append("\n### BenchmarkDotNet's own reports\n\n");
        text.Append(Bullets(analysis.Run.Files.Select(file => $"[{Escape(file)}](<{file.Replace('\\', '/')}>)")));
        return text.ToString();
    }

    private static void Suite(StringBuilder text, SuiteAnalysis suite)
    {
        text.Append($"## {Escape(suite.Result.Name)}\n\n*{Escape(suite.Result.Question)}* {suite.MeasurementSummary}\n\n");
        text.Append(Escape(string.Join(' ', suite.Conclusion.Sentences))).Append("\n\n");
        if (suite.Conclusion.Recommended is { } recommended) text.Append($"**{Escape(recommended)}**\n\n");
        text.Append(Table(ReportTable.Results(suite)));
        foreach (var note in (string[])[.. suite.MarkExplanations, .. suite.Result.Notes]) text.Append($"\n{Escape(note)}\n");
        Audit(text, AuditSummary.Create(suite));
        foreach (var scenario in ScenarioDescription.ForSuite(suite))
            text.Append($"\n{Escape(scenario.Title)}:\n\n{Facts(scenario.Facts)}");
        text.Append('\n');
    }

    private static void Audit(StringBuilder text, AuditSummary audit)
    {
        text.Append(audit.HasFailed == true ? $"\n**{audit.Sentence}**\n\n" : $"\n{audit.Sentence}\n");
        text.Append(Bullets(audit.Findings.Select(finding => $"{Escape(finding.Row)}: {Escape(finding.Finding)}")));
    }
}

using System.Text;
using Downloader.Benchmarks.Analysis.Comparison;
using static Downloader.Benchmarks.Reports.MarkdownText;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>compare.md</c>: a comparison as GitHub shows it.</summary>
public static class CompareMarkdownView
{
    /// <summary>The document.</summary>
    public static string Render(RunComparison comparison)
    {
        var text = new StringBuilder("# Concurrent downloads: comparison\n\n");
        foreach (var warning in ComparisonText.Warnings(comparison)) text.Append($"> **Warning:** {Escape(warning)}\n\n");
        text.Append(Bullets(ComparisonText.Findings(comparison).Select(Escape))).Append('\n');
        text.Append(Table(CompareTable.Create(comparison))).Append('\n');
        foreach (var note in ComparisonText.Notes(comparison)) text.Append($"{Escape(note)}\n\n");
        text.Append("## What was compared\n\n").Append(Facts(CompareFacts.All(comparison)));
        return text.ToString();
    }
}

using System.Text;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>Writes the reports of a run.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>report.html</c>, <c>report.md</c>, <c>report.json</c> and <c>report.openmetrics.txt</c>, over older
    /// ones.</summary>
    /// <param name="analysis">The run, analysed.</param>
    /// <param name="directory">Where to; it is made when it is missing.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be written there.</exception>
    public static ReportPaths Write(RunAnalysis analysis, string directory)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Directory.CreateDirectory(directory);
        var paths = new ReportPaths(Path.Combine(directory, "report.html"), Path.Combine(directory, "report.md"),
            Path.Combine(directory, "report.json"), Path.Combine(directory, "report.openmetrics.txt"));
        // The data first: the others can be made of them again.
        RunResultFile.Write(analysis.Run, paths.Json);
        File.WriteAllText(paths.Html, HtmlView.Render(analysis), encoding);
        File.WriteAllText(paths.Markdown, MarkdownView.Render(analysis), encoding);
        File.WriteAllText(paths.OpenMetrics, OpenMetricsView.Render(analysis), encoding);
        return paths;
    }
}

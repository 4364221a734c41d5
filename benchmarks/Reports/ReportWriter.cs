using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

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
        Directory.CreateDirectory(directory);
        var paths = new ReportPaths(Path.Combine(directory, "report.html"), Path.Combine(directory, "report.md"),
            Path.Combine(directory, "report.json"), Path.Combine(directory, "report.openmetrics.txt"));
        // The data first: the others can be made of them again.
        RunResultFile.Write(analysis.Run, paths.Json);
        AtomicFile.Write(paths.Html, HtmlView.Render(analysis));
        AtomicFile.Write(paths.Markdown, MarkdownView.Render(analysis));
        AtomicFile.Write(paths.OpenMetrics, OpenMetricsView.Render(analysis));
        return paths;
    }
}

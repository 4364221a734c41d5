using System.Text;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>Where the reports of a run were written.</summary>
/// <param name="Html">Path of <c>report.html</c>.</param>
/// <param name="Markdown">Path of <c>report.md</c>.</param>
public sealed record ReportPaths(string Html, string Markdown);

/// <summary>Writes the reports of a run.</summary>
public static class ReportWriter
{
    /// <summary>Writes <c>report.html</c> and <c>report.md</c>, over older ones.</summary>
    /// <param name="analysis">The run, analysed.</param>
    /// <param name="directory">Where to; it is made when it is not there.</param>
    /// <exception cref="IOException">They could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be written there.</exception>
    public static ReportPaths Write(RunAnalysis analysis, string directory)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        Directory.CreateDirectory(directory);
        var paths = new ReportPaths(Path.Combine(directory, "report.html"), Path.Combine(directory, "report.md"));
        File.WriteAllText(paths.Html, HtmlView.Render(analysis), encoding);
        File.WriteAllText(paths.Markdown, MarkdownView.Render(analysis), encoding);
        return paths;
    }

    /// <inheritdoc cref="Write(RunAnalysis, string)"/>
    /// <param name="run">The run.</param>
    /// <param name="directory">Where to; it is made when it is not there.</param>
    public static ReportPaths Write(RunResult run, string directory) => Write(RunAnalysis.Of(run), directory);
}

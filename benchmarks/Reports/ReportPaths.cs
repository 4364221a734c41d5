namespace Downloader.Benchmarks.Reports;

/// <summary>Where the reports of a run were written.</summary>
/// <param name="Html">Path of <c>report.html</c>.</param>
/// <param name="Markdown">Path of <c>report.md</c>.</param>
/// <param name="Json">Path of <c>report.json</c>.</param>
/// <param name="OpenMetrics">Path of <c>report.openmetrics.txt</c>.</param>
public sealed record ReportPaths(string Html, string Markdown, string Json, string OpenMetrics);

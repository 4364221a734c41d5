namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A line to compare with, such as an ideal.</summary>
/// <param name="Name">As the legend names it.</param>
/// <param name="Style">How it looks.</param>
/// <param name="X">Its points on the horizontal axis.</param>
/// <param name="Y">Its points on the vertical axis.</param>
public sealed record GuideLine(string Name, SeriesStyle Style, IReadOnlyList<double> X, IReadOnlyList<double> Y);

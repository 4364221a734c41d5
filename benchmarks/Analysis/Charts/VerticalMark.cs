namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A vertical line with a label.</summary>
/// <param name="X">Where, on the horizontal axis.</param>
/// <param name="Label">What it marks.</param>
public sealed record VerticalMark(double X, string Label);

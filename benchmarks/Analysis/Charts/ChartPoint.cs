namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">On the horizontal axis.</param>
/// <param name="Y">On the vertical axis.</param>
/// <param name="Error">Half the length of its error bar; null for none.</param>
/// <param name="Details">What a reader sees on hovering, line by line.</param>
public sealed record ChartPoint(double X, double Y, double? Error, IReadOnlyList<string> Details);

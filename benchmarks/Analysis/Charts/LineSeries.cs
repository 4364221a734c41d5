namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Name">As the legend names it.</param>
/// <param name="Style">How it looks.</param>
/// <param name="XFactor">By how much its points are drawn aside, so that no series hides another: a factor close to 1.</param>
/// <param name="Points">Its points, in order.</param>
public sealed record LineSeries(string Name, SeriesStyle Style, double XFactor, IReadOnlyList<ChartPoint> Points);

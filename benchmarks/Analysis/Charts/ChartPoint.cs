using System.Text.Json.Serialization;

namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>A point of a line.</summary>
/// <param name="X">On the horizontal axis.</param>
/// <param name="Y">On the vertical axis.</param>
/// <param name="Error">The length of its error bar above the point, and below it too unless <see cref="ErrorBelow"/> is set; null for
/// none.</param>
/// <param name="Details">What a reader sees on hovering, line by line.</param>
public sealed record ChartPoint(double X, double Y, double? Error, IReadOnlyList<string> Details)
{
    /// <summary>The length of its error bar below the point; null where it is as long as above. Left out of the data when null, which
    /// keeps the data of charts without it as they were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ErrorBelow { get; init; }
}

namespace Downloader.Benchmarks.Analysis.Charts;

/// <summary>An axis of a chart.</summary>
/// <param name="Title">What it shows, with the unit.</param>
/// <param name="IsLogarithmic">Whether its scale is logarithmic rather than linear from zero.</param>
public sealed record Axis(string Title, bool IsLogarithmic = false)
{
    /// <summary>Worker counts; a row without a limit stands at its number of downloads.</summary>
    public static Axis Workers { get; } = new("Workers (no limit: downloads)", IsLogarithmic: true);
}

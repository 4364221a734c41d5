namespace Downloader.Benchmarks.Analysis;

/// <summary>A figure and how far it may be off.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Error">One spread of it, in its own unit; null where there were too few iterations to know.</param>
public readonly record struct Estimate(double Value, double? Error)
{
    /// <summary>The ratio of two medians. The relative spreads add as squares, to first order: the formula of hyperfine's
    /// "1.23 ± 0.07 times faster".</summary>
    public static Estimate Ratio(double numerator, double? numeratorSpread, double denominator, double? denominatorSpread)
    {
        var ratio = numerator / denominator;
        return new Estimate(ratio, numeratorSpread is { } a && denominatorSpread is { } b ? ratio * Math.Sqrt(a * a + b * b) : null);
    }
}

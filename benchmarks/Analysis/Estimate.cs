namespace Downloader.Benchmarks.Analysis;

/// <summary>A figure and how far it may be off.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Error">One spread of it, in its own unit; null where there were too few iterations to know.</param>
public readonly record struct Estimate(double Value, double? Error)
{
    /// <summary>The ratio of two medians. The relative spreads add as squares, to first order: the formula of hyperfine's
    /// "1.23 ± 0.07 times faster".</summary>
    public static Estimate Ratio(CaseAnalysis numerator, CaseAnalysis denominator)
    {
        var ratio = numerator.MedianMs!.Value / denominator.MedianMs!.Value;
        return new Estimate(ratio, ratio * RootOfSquares(numerator.Spread, denominator.Spread));
    }

    private static double? RootOfSquares(double? a, double? b) =>
        a is null || b is null ? null : Math.Sqrt(a.Value * a.Value + b.Value * b.Value);
}

using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Spread of the few iterations of a case.</summary>
public static class RobustStatistics
{
    /// <summary>Makes the median absolute deviation of normal data estimate its standard deviation: 1 / Φ⁻¹(3/4).</summary>
    private const double Consistency = 1.4826;

    /// <summary>Spread as a share of the median: the median absolute deviation × 1.4826, over the median. Null with fewer than 3
    /// values.</summary>
    /// <remarks>For normal data it estimates the standard deviation, yet one slow iteration in a few does not move it: P. J. Rousseeuw and
    /// C. Croux, "Alternatives to the Median Absolute Deviation", JASA 88 (1993).</remarks>
    public static double? RelativeSpread(IReadOnlyList<double> values)
    {
        if (values.Count < 3) return null;
        var median = values.Median();
        return median > 0 ? Consistency * values.Select(value => Math.Abs(value - median)).Median() / median : null;
    }
}

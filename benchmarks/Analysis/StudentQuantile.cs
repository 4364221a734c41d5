using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Quantiles of Student's t distribution, also where MathNet.Numerics finds none.</summary>
internal static class StudentQuantile
{
    /// <summary>MathNet.Numerics finds no quantiles beyond 800. Two rounds of many cases can take a t of thousands.</summary>
    private const double Max = 700;

    private const int MaxKnown = 100;

    /// <summary>Those found last: all rows of a suite ask for the same few, and finding one takes longer than all else of a
    /// comparison.</summary>
    [ThreadStatic]
    private static Dictionary<(double DegreesOfFreedom, double Chance), double>? _known;

    /// <summary>The t that is exceeded with this chance; infinity where it lies beyond what can be computed, so that nothing exceeds
    /// it.</summary>
    /// <param name="degreesOfFreedom">Degrees of freedom; infinity gives the normal distribution.</param>
    /// <param name="chance">Between 0 and 0.5.</param>
    public static double Upper(double degreesOfFreedom, double chance)
    {
        var known = _known ??= [];
        if (known.TryGetValue((degreesOfFreedom, chance), out var quantile)) return quantile;
        if (known.Count == MaxKnown) known.Clear();
        return known[(degreesOfFreedom, chance)] = Find(degreesOfFreedom, chance);
    }

    private static double Find(double degreesOfFreedom, double chance)
    {
        if (double.IsPositiveInfinity(degreesOfFreedom)) return Normal.InvCDF(0, 1, 1 - chance);
        return StudentT.CDF(0, 1, degreesOfFreedom, -Max) > chance
            ? double.PositiveInfinity
            : StudentT.InvCDF(0, 1, degreesOfFreedom, 1 - chance);
    }
}

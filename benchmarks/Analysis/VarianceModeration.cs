using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Variances of several cases, each drawn towards what they have in common, as far as they resemble each other.</summary>
/// <remarks>Few rounds give each case few degrees of freedom, and cases differ in how noisy they are:
/// G. K. Smyth, "Linear models and empirical Bayes methods for assessing differential expression in microarray experiments" (2004),
/// section 6.</remarks>
public sealed class VarianceModeration
{
    private readonly IReadOnlyList<(double Variance, double DegreesOfFreedom)> _cases;
    private readonly double _priorDegreesOfFreedom;
    private readonly double _totalDegreesOfFreedom;

    /// <summary>Fits what the cases have in common.</summary>
    /// <param name="cases">The variance of each case and its degrees of freedom, both positive; one case or more.</param>
    /// <param name="squaredCorrelation">The mean squared correlation between the values of two cases, from 0 to 1: the more of their noise
    /// cases share, the less all of them together tell of its size. For m cases of ν degrees of freedom the variances' mean has
    /// mν / (1 + (m − 1)ρ²): Satterthwaite's approximation.</param>
    public VarianceModeration(IReadOnlyList<(double Variance, double DegreesOfFreedom)> cases, double squaredCorrelation = 0)
    {
        _cases = cases;
        _totalDegreesOfFreedom = cases.Sum(one => one.DegreesOfFreedom) / (1 + ((cases.Count - 1) * squaredCorrelation));
        (PriorVariance, _priorDegreesOfFreedom) = cases.Count < 2 ? (cases[0].Variance, 0) : FitPrior(cases);
    }

    /// <summary>The variance that the cases have in common.</summary>
    public double PriorVariance { get; }

    /// <summary>The moderated variance of a case.</summary>
    public double VarianceOf(int index)
    {
        if (double.IsPositiveInfinity(_priorDegreesOfFreedom)) return PriorVariance;
        var (variance, degreesOfFreedom) = _cases[index];
        return ((_priorDegreesOfFreedom * PriorVariance) + (degreesOfFreedom * variance)) / (_priorDegreesOfFreedom + degreesOfFreedom);
    }

    /// <summary>The degrees of freedom of a case's moderated variance: never more than all cases have together, as in the package
    /// limma.</summary>
    public double DegreesOfFreedomOf(int index) =>
        Math.Min(_cases[index].DegreesOfFreedom + _priorDegreesOfFreedom, _totalDegreesOfFreedom);

    /// <summary>The prior that makes the variances' logarithms as spread as they are: Smyth (2004), equations for s₀² and d₀.</summary>
    private static (double Variance, double DegreesOfFreedom) FitPrior(IReadOnlyList<(double Variance, double DegreesOfFreedom)> cases)
    {
        double[] centred = [.. cases.Select(one =>
            Math.Log(one.Variance) - SpecialFunctions.DiGamma(one.DegreesOfFreedom / 2) + Math.Log(one.DegreesOfFreedom / 2))];
        var mean = centred.Mean();
        var excess = centred.Variance() - cases.Average(one => Trigamma(one.DegreesOfFreedom / 2));
        if (excess <= 0)
        {
            var total = cases.Sum(one => one.DegreesOfFreedom);
            return (cases.Sum(one => one.Variance * one.DegreesOfFreedom) / total, double.PositiveInfinity);
        }

        var priorHalf = InverseTrigamma(excess);
        return (Math.Exp(mean + SpecialFunctions.DiGamma(priorHalf) - Math.Log(priorHalf)), 2 * priorHalf);
    }

    /// <summary>ψ′(x), by recurrence to x ≥ 6 and its asymptotic series there (Abramowitz and Stegun 6.4.6 and 6.4.12).</summary>
    private static double Trigamma(double x)
    {
        var sum = 0.0;
        for (; x < 6; x++) sum += 1 / (x * x);
        var inverse = 1 / x;
        var square = inverse * inverse;
        return sum + inverse + (square / 2) + (inverse * square * ((1 / 6.0) - (square * ((1 / 30.0) - (square / 42)))));
    }

    /// <summary>The x &gt; 0 with ψ′(x) = value: ψ′ falls from ∞ to 0, so bisection on a logarithmic scale finds it.</summary>
    private static double InverseTrigamma(double value)
    {
        var (low, high) = (-20.0, 20.0);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (Trigamma(Math.Exp(middle)) > value) low = middle;
            else high = middle;
        }

        return Math.Exp((low + high) / 2);
    }
}

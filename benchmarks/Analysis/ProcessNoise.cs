using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>How much two processes of one case differ, estimated from the run itself.</summary>
/// <remarks>
/// The model is a randomised block design on logarithms: log figure = case + round + noise. A round that was slow as a whole says nothing
/// about a case, so its effect is taken out. Few rounds give each case few degrees of freedom, and cases differ in how noisy they are; so
/// each case's variance is drawn towards what all cases have in common, as far as the cases resemble each other:
/// G. K. Smyth, "Linear models and empirical Bayes methods for assessing differential expression in microarray experiments" (2004),
/// section 6.
/// </remarks>
public sealed class ProcessNoise
{
    private readonly double[] _variances;
    private readonly double _priorVariance;

    private ProcessNoise(double[] variances, double caseDegreesOfFreedom, double priorVariance, double priorDegreesOfFreedom)
    {
        _variances = variances;
        _priorVariance = priorVariance;
        DegreesOfFreedom = Math.Min(caseDegreesOfFreedom + priorDegreesOfFreedom, variances.Length * caseDegreesOfFreedom);
    }

    /// <summary>Degrees of freedom of every case's variance: never more than all cases have together, as in the package limma.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>The typical relative standard deviation between two processes of a case: 0.03 is 3 %.</summary>
    public double TypicalDeviation => Math.Sqrt(_priorVariance);

    /// <summary>The variance of one process of a case, on logarithms.</summary>
    /// <param name="caseIndex">The case's place in the list that the noise was estimated from.</param>
    public double VarianceOf(int caseIndex) => _variances[caseIndex];

    /// <summary>Estimates the noise from cases that ran in every round.</summary>
    /// <param name="logs">For each case the logarithm of its figure in each round; all of the same length.</param>
    /// <returns>Null with fewer than two rounds or two cases: nothing can be said of noise then.</returns>
    public static ProcessNoise? FromRounds(IReadOnlyList<IReadOnlyList<double>> logs)
    {
        var cases = logs.Count;
        var rounds = cases == 0 ? 0 : logs[0].Count;
        if (cases < 2 || rounds < 2) return null;

        var roundMeans = Enumerable.Range(0, rounds).Select(round => logs.Average(one => one[round])).ToArray();
        var grandMean = roundMeans.Average();
        var sums = logs.Select(one => SumOfSquares(one, roundMeans, grandMean)).ToArray();
        // The rounds' effects are estimated from the cases, which costs each case its share of a degree of freedom.
        var degreesOfFreedom = (rounds - 1) * (cases - 1.0) / cases;
        double[] variances = [.. sums.Select(sum => Math.Max(sum / degreesOfFreedom, double.Epsilon))];
        var (priorVariance, priorDegreesOfFreedom) = FitPrior(variances, degreesOfFreedom);
        double[] moderated = double.IsPositiveInfinity(priorDegreesOfFreedom)
            ? [.. variances.Select(_ => priorVariance)]
            : [.. variances.Select(variance =>
                ((priorDegreesOfFreedom * priorVariance) + (degreesOfFreedom * variance)) / (priorDegreesOfFreedom + degreesOfFreedom))];
        return new ProcessNoise(moderated, degreesOfFreedom, priorVariance, priorDegreesOfFreedom);
    }

    private static double SumOfSquares(IReadOnlyList<double> logs, double[] roundMeans, double grandMean)
    {
        var mean = logs.Average();
        return logs.Select((log, round) => log - mean - roundMeans[round] + grandMean).Sum(residual => residual * residual);
    }

    /// <summary>The prior that makes the variances' logarithms as spread as they are: Smyth (2004), equations for s₀² and d₀.</summary>
    private static (double Variance, double DegreesOfFreedom) FitPrior(double[] variances, double degreesOfFreedom)
    {
        var half = degreesOfFreedom / 2;
        double[] centred = [.. variances.Select(variance => Math.Log(variance) - SpecialFunctions.DiGamma(half) + Math.Log(half))];
        var mean = centred.Mean();
        var excess = centred.Variance() - Trigamma(half);
        if (excess <= 0) return (variances.Mean(), double.PositiveInfinity);

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

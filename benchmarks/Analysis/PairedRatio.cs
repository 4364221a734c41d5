namespace Downloader.Benchmarks.Analysis;

/// <summary>The ratio of two cases' figures, paired within rounds, with its 95 % interval.</summary>
/// <remarks>Each round gives one difference of logarithms, from which what the round did to both cases has gone. The interval is Student's,
/// with the variances of <see cref="ProcessNoise"/>: exp(mean ± t · √((v₁ + v₂) / rounds)).</remarks>
public sealed record PairedRatio
{
    /// <summary>The share of intervals that hold the true ratio.</summary>
    public const double Confidence = 0.95;

    private readonly double _varianceOfRound;
    private readonly double _degreesOfFreedom;

    private PairedRatio(double log, int rounds, double varianceOfRound, double degreesOfFreedom)
    {
        Log = log;
        Rounds = rounds;
        _varianceOfRound = varianceOfRound;
        _degreesOfFreedom = degreesOfFreedom;
    }

    /// <summary>The natural logarithm of the ratio.</summary>
    public double Log { get; }

    /// <summary>The rounds that both cases ran in.</summary>
    public int Rounds { get; }

    /// <summary>The ratio: the geometric mean over the rounds.</summary>
    public double Value => Math.Exp(Log);

    /// <summary>The lower end of the interval.</summary>
    public double Low => Math.Exp(Log - HalfWidthWith(Rounds));

    /// <summary>The upper end of the interval.</summary>
    public double High => Math.Exp(Log + HalfWidthWith(Rounds));

    /// <summary>Half the interval in the ratio's own unit: what stands behind the ±.</summary>
    public double Error => Value * Math.Sinh(HalfWidthWith(Rounds));

    /// <summary>Half the interval on the logarithmic scale, if so many rounds had been run: with more rounds the noise is better known,
    /// so that the degrees of freedom grow too.</summary>
    /// <param name="rounds">Rounds, 2 or more where they are not those that were run.</param>
    /// <param name="comparisons">How many ratios must all lie in their intervals at once, with the same confidence: Bonferroni's
    /// correction.</param>
    public double HalfWidthWith(int rounds, int comparisons = 1) =>
        CriticalValue(DegreesOfFreedomWith(rounds), comparisons) * Math.Sqrt(_varianceOfRound / rounds);

    /// <summary>The same ratio in another unit: as if the numerator's figures were all multiplied.</summary>
    /// <param name="factor">By what; positive.</param>
    public PairedRatio Scale(double factor) => new(Log + Math.Log(factor), Rounds, _varianceOfRound, _degreesOfFreedom);

    /// <summary>The ratio of two cases.</summary>
    /// <param name="numerator">The logarithm of the first case's figure in each round.</param>
    /// <param name="denominator">The second case's, in the same rounds.</param>
    /// <param name="numeratorVariance">The variance of one process of the first case, on logarithms.</param>
    /// <param name="denominatorVariance">The second case's.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of the variances; infinite is allowed.</param>
    public static PairedRatio Create(
        IReadOnlyList<double> numerator,
        IReadOnlyList<double> denominator,
        double numeratorVariance,
        double denominatorVariance,
        double degreesOfFreedom) =>
        new(numerator.Zip(denominator, (a, b) => a - b).Average(),
            numerator.Count,
            numeratorVariance + denominatorVariance,
            degreesOfFreedom);

    private double DegreesOfFreedomWith(int rounds) =>
        rounds == Rounds ? _degreesOfFreedom : _degreesOfFreedom * (rounds - 1) / (Rounds - 1);

    private static double CriticalValue(double degreesOfFreedom, int comparisons)
    {
        return StudentQuantile.Upper(degreesOfFreedom, (1 - Confidence) / 2 / comparisons);
    }
}

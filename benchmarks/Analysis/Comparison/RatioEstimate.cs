using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>The ratio candidate ÷ base of a case's figure, with its 95 % interval.</summary>
/// <remarks>The interval is Student's on logarithms: exp(log ± t · √(variance · factor)).</remarks>
public sealed record RatioEstimate
{
    /// <summary>Below a deviation of 0.05 % between processes differences mean nothing: allocations can be equal to the byte.</summary>
    private const double MinVariance = 0.0005 * 0.0005;

    private readonly double _variance;
    private readonly double _varianceFactor;
    private readonly bool _isPaired;

    private RatioEstimate(FigurePair pair, double variance, double degreesOfFreedom)
    {
        Log = pair.Log;
        Rounds = Math.Min(pair.Base.Count, pair.Candidate.Count);
        DegreesOfFreedom = degreesOfFreedom;
        _variance = variance;
        _varianceFactor = pair.VarianceFactor;
        _isPaired = pair.IsPaired;
    }

    /// <summary>The natural logarithm of the ratio.</summary>
    public double Log { get; }

    /// <summary>The rounds it was measured in; of two runs with different numbers, the smaller.</summary>
    public int Rounds { get; }

    /// <summary>Degrees of freedom of the variance.</summary>
    public double DegreesOfFreedom { get; }

    /// <summary>The ratio: above 1 the candidate takes longer, or allocates more.</summary>
    public double Value => Math.Exp(Log);

    /// <summary>The lower end of the interval.</summary>
    public double Low => Math.Exp(Log - HalfWidth);

    /// <summary>The upper end of the interval.</summary>
    public double High => Math.Exp(Log + HalfWidth);

    /// <summary>Half the interval in the ratio's own unit: what stands behind the ±.</summary>
    public double Error => Value * Math.Sinh(HalfWidth);

    /// <summary>The relative standard deviation of one process: 0.03 is 3 %.</summary>
    public double ProcessDeviation => Math.Sqrt(_isPaired ? _variance / 2 : _variance);

    /// <summary>The chance of a ratio this high or higher if the true one is 1: one-sided.</summary>
    public double ChanceOfHigher => StudentT.CDF(0, 1, DegreesOfFreedom, -Log / StandardErrorWith(Rounds));

    /// <summary>The chance of a ratio this far from 1 or farther, on either side, if the true one is 1.</summary>
    public double ChanceOfFarther => 2 * StudentT.CDF(0, 1, DegreesOfFreedom, -Math.Abs(Log) / StandardErrorWith(Rounds));

    private double HalfWidth => StudentT.InvCDF(0, 1, DegreesOfFreedom, (1 + PairedRatio.Confidence) / 2) * StandardErrorWith(Rounds);

    /// <summary>The standard error of <see cref="Log"/>, had so many rounds been run.</summary>
    public double StandardErrorWith(int rounds) => Math.Sqrt(_variance * _varianceFactor * Rounds / rounds);

    /// <summary>The ratios of several cases' makespans, their variances moderated: see <see cref="VarianceModeration"/>.</summary>
    public static IReadOnlyList<RatioEstimate> ForTimes(IReadOnlyList<FigurePair> cases)
    {
        if (cases.Count == 0) return [];
        var moderation = new VarianceModeration(
            [.. cases.Select(one => (Math.Max(one.Variance, MinVariance), one.DegreesOfFreedom))], SharedNoise.SquaredCorrelation(cases));
        return [.. cases.Select((one, index) =>
            new RatioEstimate(one, moderation.VarianceOf(index), moderation.DegreesOfFreedomOf(index)))];
    }

    /// <summary>The ratios of several cases' allocations, each with its own variance: some cases allocate the same to the byte in every
    /// process, others differ by percents, so that they have nothing in common.</summary>
    public static IReadOnlyList<RatioEstimate> ForAllocations(IReadOnlyList<FigurePair> cases) =>
        [.. cases.Select(one => new RatioEstimate(one, Math.Max(one.Variance, MinVariance), one.DegreesOfFreedom))];
}

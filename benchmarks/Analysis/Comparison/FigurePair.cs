using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>A figure of one case in two runs, on logarithms: one value for each process.</summary>
/// <param name="Base">The base's values; paired ones in the order of the rounds.</param>
/// <param name="Candidate">The candidate's.</param>
/// <param name="IsPaired">Whether the rounds of the two runs alternated, so that round i of the one is compared with round i of the
/// other.</param>
public sealed record FigurePair(IReadOnlyList<double> Base, IReadOnlyList<double> Candidate, bool IsPaired)
{
    /// <summary>Whether there are enough processes to estimate their noise: two of each run.</summary>
    public bool HasEnough => Base.Count > 1 && Candidate.Count > 1;

    /// <summary>The logarithm of the ratio candidate ÷ base: the mean difference.</summary>
    public double Log => Candidate.Average() - Base.Average();

    /// <summary>The variance of one paired difference or, unpaired, of one process, pooled over both runs.</summary>
    /// <remarks>What a round did to all cases alike is left in: it is part of how far the mean difference may be off.</remarks>
    public double Variance => IsPaired
        ? Candidate.Zip(Base, (candidate, other) => candidate - other).Variance()
        : ((Base.Count - 1) * Base.Variance() + (Candidate.Count - 1) * Candidate.Variance()) / DegreesOfFreedom;

    /// <summary>The degrees of freedom of <see cref="Variance"/>.</summary>
    public double DegreesOfFreedom => IsPaired ? Base.Count - 1 : Base.Count + Candidate.Count - 2;

    /// <summary>The variance of <see cref="Log"/> over <see cref="Variance"/>.</summary>
    public double VarianceFactor => IsPaired ? 1.0 / Base.Count : (1.0 / Base.Count) + (1.0 / Candidate.Count);

    /// <summary>Each value without the mean: of the paired differences or, unpaired, of the processes of each run.</summary>
    public IReadOnlyList<double> Residuals => IsPaired
        ? Centre([.. Candidate.Zip(Base, (candidate, other) => candidate - other)])
        : [.. Centre(Base), .. Centre(Candidate)];

    /// <summary>The processes of a case in two runs.</summary>
    /// <param name="baseByRound">The base's figure in each round; a figure that is not positive is left out.</param>
    /// <param name="candidateByRound">The candidate's.</param>
    /// <param name="isPaired">Whether the rounds alternated; then only rounds that both have count.</param>
    public static FigurePair Create(
        IReadOnlyDictionary<int, double> baseByRound, IReadOnlyDictionary<int, double> candidateByRound, bool isPaired)
    {
        int[] baseRounds = [.. baseByRound.Keys.Where(round => baseByRound[round] > 0).Order()];
        int[] candidateRounds = [.. candidateByRound.Keys.Where(round => candidateByRound[round] > 0).Order()];
        if (isPaired) baseRounds = candidateRounds = [.. baseRounds.Intersect(candidateRounds)];
        return new FigurePair(
            [.. baseRounds.Select(round => Math.Log(baseByRound[round]))],
            [.. candidateRounds.Select(round => Math.Log(candidateByRound[round]))],
            isPaired);
    }

    /// <summary>The same rounds as another comparison might have had them.</summary>
    /// <param name="places">Which rounds, by their place.</param>
    /// <param name="isSwapped">For each of them, whether base and candidate change places.</param>
    public FigurePair Draw(IReadOnlyList<int> places, IReadOnlyList<bool> isSwapped) => this with
    {
        Base = [.. places.Select((place, index) => (isSwapped[index] ? Candidate : Base)[place])],
        Candidate = [.. places.Select((place, index) => (isSwapped[index] ? Base : Candidate)[place])],
    };

    private static double[] Centre(IReadOnlyList<double> values)
    {
        var mean = values.Average();
        return [.. values.Select(value => value - mean)];
    }
}

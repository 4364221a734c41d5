using Downloader.Benchmarks.Analysis.Comparison;
using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Analysis.Comparison;

/// <summary>Processes of two runs whose rounds alternate, with a known truth: normal on logarithms, and a part of each round's noise that
/// all cases share.</summary>
/// <param name="Deviations">The relative standard deviation between processes of each case.</param>
/// <param name="Slowdowns">By how much the candidate is slower, for each case: 0.1 is 10 %.</param>
internal sealed record SimulatedRounds(IReadOnlyList<double> Deviations, IReadOnlyList<double> Slowdowns)
{
    public const int Rounds = 10;

    /// <summary>The share of a round's variance that all its cases have in common.</summary>
    public double SharedVariance { get; init; } = 0.2;

    public bool IsPaired { get; init; } = true;

    public static SimulatedRounds Create(int cases, double deviation, double slowdown = 0) =>
        new([.. Enumerable.Repeat(deviation, cases)], [.. Enumerable.Repeat(slowdown, cases)]);

    public IReadOnlyList<FigurePair> Draw(Random random)
    {
        double[] baseShared = Normals(random, Rounds), candidateShared = Normals(random, Rounds);
        return [.. Deviations.Zip(Slowdowns, (deviation, slowdown) => new FigurePair(
            Side(random, deviation, 0, baseShared), Side(random, deviation, slowdown, candidateShared), IsPaired))];
    }

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Normal.Sample(random, 0, 1))];

    private double[] Side(Random random, double deviation, double slowdown, double[] shared) =>
        [.. shared.Zip(Normals(random, Rounds), (common, own) => Math.Log(100 * (1 + slowdown))
            + (deviation * ((Math.Sqrt(SharedVariance) * common) + (Math.Sqrt(1 - SharedVariance) * own))))];
}

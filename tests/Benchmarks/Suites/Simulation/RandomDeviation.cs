using MathNet.Numerics.Distributions;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>Processes that differ at random, on a logarithmic scale, each independent of all others.</summary>
internal sealed class RandomDeviation : IProcessDeviation
{
    private readonly Dictionary<(int, int), double> _factors = [];
    private readonly Random _random;
    private readonly double _deviation;

    public RandomDeviation(int seed, double deviation) => (_random, _deviation) = (new Random(seed), deviation);

    /// <summary>How many degrees of freedom the distribution's tail has: 3 is heavy; infinite is the normal distribution.</summary>
    public double TailDegreesOfFreedom { get; init; } = double.PositiveInfinity;

    /// <summary>How much slower, on the same scale, the machine gets from one process to the next; each round has an order of its
    /// own.</summary>
    public double Drift { get; init; }

    /// <summary>How many cases a round has.</summary>
    public int Cases { get; init; }

    public double Factor(int caseIndex, int round)
    {
        if (!_factors.TryGetValue((caseIndex, round), out var factor)) _factors[(caseIndex, round)] = factor = Draw(round);
        return factor;
    }

    private double Draw(int round)
    {
        var z = double.IsPositiveInfinity(TailDegreesOfFreedom)
            ? Normal.Sample(_random, 0, 1)
            : StudentT.Sample(_random, 0, 1, TailDegreesOfFreedom) / Math.Sqrt(TailDegreesOfFreedom / (TailDegreesOfFreedom - 2));
        var place = ((round - 1) * Cases) + (Cases * _random.NextDouble());
        return Math.Exp((_deviation * z) + (Drift * place));
    }
}

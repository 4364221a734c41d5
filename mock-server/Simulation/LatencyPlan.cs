using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>The latency of the k-th request of an iteration.</summary>
internal sealed class LatencyPlan(Scenario scenario)
{
    private readonly SeededRandom _random = new(scenario.Seed, stream: 0);

    /// <summary>Of a log-normal distribution with median m and 99th percentile p: ln(p/m) is z₀.₉₉ standard deviations of its logarithm.</summary>
    private readonly double _sigma = scenario.LatencyP99 is { } p99 ? Math.Log(p99 / scenario.Latency) / NormalDistribution.Z99 : 0;

    public TimeSpan Of(int k)
    {
        if (scenario.LatencyP99 is not null)
            return scenario.Latency * Math.Exp(_sigma * NormalDistribution.Quantile(Math.Max(_random.At(k), double.Epsilon)));
        if (scenario.LatencyJitter > TimeSpan.Zero)
            return scenario.Latency + (scenario.LatencyJitter * ((2 * _random.At(k)) - 1));
        return scenario.Latency;
    }
}

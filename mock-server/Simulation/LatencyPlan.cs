using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;

namespace Downloader.MockServer.Simulation;

/// <summary>The latency of the k-th request of an iteration.</summary>
internal sealed class LatencyPlan(Scenario scenario)
{
    /// <summary>z with P(Z ≤ z) = 0.99.</summary>
    private static readonly double Z99 = Normal.InvCDF(0, 1, 0.99);

    private readonly SeededRandom _random = new(scenario.Seed, stream: 0);

    /// <summary>Of a log-normal distribution with median m and 99th percentile p: ln(p/m) is z₀.₉₉ standard deviations of its
    /// logarithm.</summary>
    private readonly double _sigma = scenario.LatencyP99 is { } p99 ? Math.Log(p99 / scenario.Latency) / Z99 : 0;

    /// <summary>The latency of the k-th request, at most <see cref="Scenario.MaxLatency"/> under a heavy tail.</summary>
    public TimeSpan GetLatency(int k)
    {
        // Inverse transform sampling: a random number is the probability of its quantile.
        if (scenario.LatencyQuantiles is { } table) return table.At(_random.GetDouble(k));
        if (scenario.LatencyP99 is not null) return GetHeavyTailed(k);
        if (scenario.LatencyJitter > TimeSpan.Zero)
            return scenario.Latency + (scenario.LatencyJitter * ((2 * _random.GetDouble(k)) - 1));
        return scenario.Latency;
    }

    /// <remarks>Math.NET's quantile is plain arithmetic, logarithm and root: the same number on every machine to far below a clock tick.
    /// The cut keeps extreme spreads from overflowing, and changes no percentile up to the 99th, which is at most as large.</remarks>
    private TimeSpan GetHeavyTailed(int k)
    {
        var z = Normal.InvCDF(0, 1, Math.Max(_random.GetDouble(k), double.Epsilon));
        var milliseconds = scenario.Latency.TotalMilliseconds * Math.Exp(_sigma * z);
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, Scenario.MaxLatency.TotalMilliseconds));
    }
}

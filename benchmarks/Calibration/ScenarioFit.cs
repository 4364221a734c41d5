using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Calibration;

/// <summary>A scenario from a fit, and the other way round.</summary>
internal static class ScenarioFit
{
    private const int Quantiles = LatencyQuantiles.MaxValues;

    /// <summary>The scenario under which the mock server treats requests as the server did.</summary>
    /// <param name="fit">What is known of the server.</param>
    public static Scenario ToScenario(ServerFit fit)
    {
        var scenario = new Scenario
        {
            Latency = TimeSpan.FromMilliseconds(Math.Round(fit.MeanLatencyMs.Value, 3)),
            ConnectLatency = TimeSpan.FromMilliseconds(Math.Round(fit.ConnectLatencyMs?.Value ?? 0, 3)),
            Capacity = fit.Capacity is null ? null : (int)fit.Capacity.Value,
            Queue = fit.QueueIsLowerBound ? null : fit.Queue,
            RateLimit = fit.RateLimitPerSecond?.Value,
            FaultShare = fit.FaultShare.Value,
            Protocol = fit.Protocol,
        };
        return fit.RetryAfter is { } wait ? scenario with { RetryAfter = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)) } : scenario;
    }

    /// <summary>The server of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="samples">How many requests its latency was learnt from; null where it is exact.</param>
    public static ServerFit Create(Scenario scenario, int? samples)
    {
        var latency = GetQuantiles(scenario);
        var times = latency.Values.Select(value => value.TotalMilliseconds).ToArray();
        var variation = ServiceTimes.GetVariation(times);
        return new ServerFit
        {
            Latency = latency,
            LatencySamples = samples,
            MeanLatencyMs = Exact(times.Mean()),
            CoefficientOfVariation = variation,
            RequestsForFivePercent = ServiceTimes.GetRequestsForFivePercent(variation),
            ConnectLatencyMs = Exact(scenario.ConnectLatency.TotalMilliseconds),
            Mechanism = GetMechanism(scenario),
            Capacity = scenario.Capacity is { } capacity ? Exact(capacity) : null,
            Queue = scenario.Queue,
            QueueIsLowerBound = scenario is { Capacity: not null, Queue: null },
            RateLimitPerSecond = scenario.RateLimit is { } rate ? Exact(rate) : null,
            RetryAfter = scenario.RetryAfter,
            FaultShare = Exact(scenario.FaultShare),
            LostConnectionShare = GetLostShare(scenario.Faults),
            Pages = [],
            Protocol = scenario.Protocol,
            Levels = [],
        };
    }

    private static Mechanism GetMechanism(Scenario scenario) => scenario switch
    {
        { RateLimit: not null } => Mechanism.Rate,
        { Capacity: not null, Queue: 0 } => Mechanism.Refusal,
        { Capacity: not null } => Mechanism.Queue,
        _ => Mechanism.None,
    };

    private static LatencyQuantiles GetQuantiles(Scenario scenario)
    {
        // The first and the last stand for the ends of the table: a heavy tail has none.
        return new LatencyQuantiles(Enumerable.Range(0, Quantiles).Select(k => GetQuantile((k + 0.5) / Quantiles)));

        TimeSpan GetQuantile(double probability)
        {
            var median = scenario.Latency.TotalMilliseconds;
            var time = scenario.LatencyP99 is { } p99
                ? median * Math.Pow(p99 / scenario.Latency, Normal.InvCDF(0, 1, probability) / Normal.InvCDF(0, 1, 0.99))
                : median + (scenario.LatencyJitter.TotalMilliseconds * ((2 * probability) - 1));
            var limits = (Low: LatencyQuantiles.MinLatency.TotalMilliseconds, High: Scenario.MaxLatency.TotalMilliseconds);
            return TimeSpan.FromMilliseconds(Math.Clamp(time, limits.Low, limits.High));
        }
    }

    private static double GetLostShare(FaultKinds faults)
    {
        var kinds = Enum.GetValues<FaultKinds>().Where(kind => int.PopCount((int)kind) == 1 && faults.HasFlag(kind)).ToList();
        return kinds.Count == 0 ? 0 : (double)kinds.Count(kind => kind != FaultKinds.ServerError) / kinds.Count;
    }

    private static Interval Exact(double value) => new(value, value, value);
}

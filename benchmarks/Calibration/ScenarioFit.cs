using Downloader.Benchmarks.Calibration.Fitting;
using Downloader.MockServer.Client;
using MathNet.Numerics.Distributions;

namespace Downloader.Benchmarks.Calibration;

/// <summary>A scenario from a fit, and the other way round.</summary>
internal static class ScenarioFit
{
    /// <summary>The most that the mock server takes.</summary>
    private const double MaxRetryAfterSeconds = 3_600;
    private const double MaxConnectMs = 10_000;

    private const int Quantiles = LatencyQuantiles.MaxValues;

    /// <summary>The scenario under which the mock server treats requests as the server did.</summary>
    /// <param name="fit">What is known of the server.</param>
    public static Scenario ToScenario(ServerFit fit)
    {
        var scenario = new Scenario
        {
            LatencyQuantiles = fit.Latency,
            Pages = GetPages(fit.Pages),
            ConnectLatency = TimeSpan.FromMilliseconds(
                Math.Min(MaxConnectMs, Math.Round(fit.ConnectLatencyMs?.Value ?? 0, 3))),
            Capacity = fit.Capacity is null ? null : (int)fit.Capacity.Value,
            Queue = fit.QueueIsLowerBound ? null : fit.Queue,
            RateLimit = fit.RateLimitPerSecond is { } rate ? Math.Round(rate.Value, 3) : null,
            RateBurst = fit.RateBurst,
            FaultShare = fit.FaultShare.Value,
            Protocol = fit.Protocol,
        };
        if (fit.RetryAfter is not { } wait) return scenario;
        return scenario with { RetryAfter = TimeSpan.FromSeconds(Math.Min(MaxRetryAfterSeconds, Math.Ceiling(wait.TotalSeconds))) };
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
            MeanLatencyMs = Exact(latency.Mean.TotalMilliseconds),
            CoefficientOfVariation = variation,
            RequestsForFivePercent = ServiceTimes.GetRequestsForFivePercent(variation),
            ConnectLatencyMs = Exact(scenario.ConnectLatency.TotalMilliseconds),
            Mechanism = GetMechanism(scenario),
            Capacity = scenario.Capacity is { } capacity ? Exact(capacity) : null,
            Queue = scenario.Queue,
            QueueIsLowerBound = scenario is { Capacity: not null, Queue: null },
            RateLimitPerSecond = scenario.RateLimit is { } rate ? Exact(rate) : null,
            RateBurst = scenario.RateBurst,
            RetryAfter = scenario.RetryAfter,
            FaultShare = Exact(scenario.FaultShare),
            LostConnectionShare = GetLostShare(scenario.Faults),
            Pages = scenario.Pages is { } pages ? [.. pages.Select(page => new ObservedPage(page.Path, page.Bytes))] : [],
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

    /// <summary>As many of the pages as the mock server takes; null where it takes none.</summary>
    private static ScenarioPages? GetPages(IReadOnlyList<ObservedPage> observed)
    {
        var (pages, bytes, characters) = (new List<ScenarioPage>(), 0L, 0);
        foreach (var page in observed)
        {
            if (ScenarioPage.NormalizePath(page.Path) is not { } path || pages.Any(other => other.Path == path)) continue;
            bytes += page.Bytes;
            characters += path.Length;
            var isFull = pages.Count == ScenarioPages.MaxPages || bytes > ScenarioPages.MaxTotalBytes
                || characters > ScenarioPages.MaxPathCharacters;
            if (isFull) break;
            pages.Add(new ScenarioPage(path, (int)page.Bytes));
        }

        return pages.Count == 0 ? null : new ScenarioPages(pages);
    }

    private static LatencyQuantiles GetQuantiles(Scenario scenario)
    {
        if (scenario.LatencyQuantiles is { } table) return table;
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

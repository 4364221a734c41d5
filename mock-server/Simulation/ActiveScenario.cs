using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>A scenario, prepared to be applied to requests. Another scenario is another object: a request keeps the one it arrived
/// under.</summary>
internal sealed class ActiveScenario(Scenario scenario, ActiveScenario? previous)
{
    public Scenario Scenario { get; } = scenario;

    public LatencyPlan Latency { get; } = new(scenario);

    public FaultPlan Faults { get; } = new(scenario);

    public IRateLimiter? RateLimiter { get; } = scenario.RateLimit is { } rate ? CreateRateLimiter(rate, scenario.RateBurst) : null;

    public ConcurrencyLimiter? Capacity { get; } =
        scenario.Capacity is { } capacity ? new ConcurrencyLimiter(capacity, scenario.Queue) : null;

    public Pages Pages { get; } = new(scenario, previous?.Pages);

    private static IRateLimiter CreateRateLimiter(double rate, int? burst) =>
        burst is { } tokens ? new TokenBucketRateLimiter(rate, tokens) : new SlidingWindowRateLimiter(rate);
}

using Downloader.MockServer.Client;

namespace Downloader.MockServer.Simulation;

/// <summary>A scenario made ready to be imposed. Another scenario is another object: what a request met when it arrived is what it keeps.</summary>
internal sealed class ActiveScenario(Scenario scenario, ActiveScenario? before)
{
    public Scenario Scenario { get; } = scenario;

    public LatencyPlan Latency { get; } = new(scenario);

    public FaultPlan Faults { get; } = new(scenario);

    public RateLimit? RateLimit { get; } = scenario.RateLimit is { } rate ? new RateLimit(rate) : null;

    public ConcurrencyLimiter? Capacity { get; } = scenario.Capacity is { } capacity ? new ConcurrencyLimiter(capacity, scenario.Queue) : null;

    public Pages Pages { get; } = new(scenario, before?.Pages);
}

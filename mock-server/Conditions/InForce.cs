using Downloader.Lab;

namespace Downloader.MockServer.Conditions;

/// <summary>A scenario made ready to be imposed. Another scenario is another object: what a request met when it arrived is what it keeps.</summary>
internal sealed class InForce
{
    public InForce(Scenario scenario, InForce? before)
    {
        Scenario = scenario;
        Latency = new LatencyPlan(scenario);
        Faults = new FaultPlan(scenario);
        Pages = new Pages(scenario, before?.Pages);
    }

    public Scenario Scenario { get; }

    public LatencyPlan Latency { get; }

    public FaultPlan Faults { get; }

    public Pages Pages { get; }
}

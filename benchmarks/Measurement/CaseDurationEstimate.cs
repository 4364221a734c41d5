using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Estimates how long a case takes, to show how much of a run is left.</summary>
internal static class CaseDurationEstimate
{
    private static readonly TimeSpan Process = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan OwnCost = TimeSpan.FromMicroseconds(50);

    /// <summary>Processes, each with its start and its iterations, these at the scenario's latency.</summary>
    public static TimeSpan For(BenchmarkCase benchmarkCase)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var plan = CaseCatalogue.SuiteOf(benchmarkCase).Plan;
        var scenario = downloadCase.Scenario;
        var connecting = downloadCase.Clients == ClientPolicy.New ? scenario.ConnectLatency : TimeSpan.Zero;
        var each = scenario.Latency + connecting + OwnCost;
        var atOnce = Math.Min(downloadCase.MaxInFlight, scenario.Capacity ?? int.MaxValue);
        return plan.Processes * (Process + ((plan.WarmUps + plan.Iterations) * downloadCase.Downloads * each / atOnce));
    }
}

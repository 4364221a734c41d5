using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>How long a case should take: enough to say how much of a run is left.</summary>
internal static class CaseDurationEstimate
{
    private static readonly TimeSpan Process = TimeSpan.FromMilliseconds(700);

    /// <summary>Processes, each with its start and its iterations, these at the scenario's latency.</summary>
    public static TimeSpan Of(BenchmarkCase benchmarkCase)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var plan = CaseCatalogue.SuiteOf(benchmarkCase).Plan;
        var scenario = downloadCase.Scenario;
        var each = scenario.Latency + (downloadCase.Clients == ClientPolicy.New ? scenario.ConnectLatency : TimeSpan.Zero) + TimeSpan.FromMicroseconds(50);
        var atOnce = Math.Min(downloadCase.Limit, scenario.Capacity ?? int.MaxValue);
        return plan.Processes * (Process + ((plan.WarmUps + plan.Iterations) * downloadCase.Downloads * each / atOnce));
    }
}

using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Which cases are measured less than their suite's plan says, because they would take most of the run's time.</summary>
internal static class SlowCases
{
    /// <summary>With more blocked workers per core the thread pool takes many seconds: it adds one or two threads a second.</summary>
    private const int MaxPoolWorkersPerCore = 4;

    /// <summary>In a makespan from here on the times of many downloads average out: two iterations tell the median of a
    /// process.</summary>
    private static readonly TimeSpan LongMakespan = TimeSpan.FromSeconds(0.8);

    /// <summary>From here on three tell it.</summary>
    private static readonly TimeSpan MediumMakespan = TimeSpan.FromSeconds(0.4);

    /// <summary>Iterations of a case that runs in the first round alone: with its first run they are the seven runs that the test for a
    /// trend takes to see that its pool still grows.</summary>
    private const int IterationsOfOnlyProcess = 6;

    /// <summary>Whether the case blocks more of the pool's threads than it has for many seconds. Such a case runs in the first round
    /// alone.</summary>
    public static bool RunsInFirstRoundOnly(DownloadCase downloadCase) => CountMissingThreads(downloadCase) > 0
        && downloadCase.MaxInFlight > MaxPoolWorkersPerCore * Environment.ProcessorCount;

    /// <summary>Workers that have no thread of the pool at first: how many it must add, one by one.</summary>
    public static int CountMissingThreads(DownloadCase downloadCase)
    {
        if (!downloadCase.Strategy.BlocksThreadPool) return 0;
        return Math.Max(0, downloadCase.MaxInFlight - Math.Max(Environment.ProcessorCount, downloadCase.MinThreads));
    }

    /// <summary>Measured iterations of each process: at most two for a long case, at most three for one of medium length, and six for one
    /// that runs in the first round alone, unless the command line asks for a number or for a quick run. A case whose first run is what it
    /// measures keeps its number.</summary>
    public static int GetIterations(BenchmarkCase benchmarkCase)
    {
        var run = benchmarkCase.Job.Run;
        if (run.HasValue(RunMode.IterationCountCharacteristic)) return run.IterationCount;
        var planned = CaseCatalogue.SuiteOf(benchmarkCase).Plan.Iterations;
        var isCold = run.WarmupCount == 0;
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var makespan = CaseDurationEstimate.Makespan(downloadCase);
        var isOnlyProcess = RunsInFirstRoundOnly(downloadCase);
        if (isOnlyProcess && !isCold && !BenchmarkSettings.Current.Quick) return IterationsOfOnlyProcess;
        if (isOnlyProcess || makespan >= LongMakespan) return Math.Min(planned, 2);
        return makespan >= MediumMakespan ? Math.Min(planned, 3) : planned;
    }
}

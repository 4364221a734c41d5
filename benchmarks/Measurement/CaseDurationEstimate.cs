using System.Globalization;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Estimates how long a case takes, to say how long a run will take and how much of it is left.</summary>
internal static class CaseDurationEstimate
{
    /// <summary>Start and end of a process, as measured on 2 cores.</summary>
    private static readonly TimeSpan Process = TimeSpan.FromMilliseconds(550);

    /// <summary>What a download costs beside its latency.</summary>
    private static readonly TimeSpan OwnCost = TimeSpan.FromMicroseconds(200);

    /// <summary>The time in which a pool whose threads are all blocked adds one.</summary>
    private static readonly TimeSpan PoolGrowth = TimeSpan.FromMilliseconds(200);

    /// <summary>What such a pool keeps in flight for each processor after its first run, as measured on 2 cores.</summary>
    private const int StarvedInFlightPerCore = 2;

    /// <summary>After as many runs it has grown.</summary>
    private const int MaxStarvedRuns = 8;

    /// <summary>The standard normal distribution's 99th percentile.</summary>
    private const double NormalP99 = 2.326;

    /// <summary>A run that takes longer is announced.</summary>
    private static readonly TimeSpan LongRun = TimeSpan.FromMinutes(3);

    /// <summary>One line that says how long a run of more than three minutes will take, and which case takes most of it; null for a shorter
    /// run.</summary>
    public static string? DescribeLongRun(RoundSchedule schedule)
    {
        var cases = schedule.Processes.GroupBy(schedule.GetCase, ForProcess)
            .Select(one => (Case: one.Key, Processes: one.Count(), Time: one.Aggregate(TimeSpan.Zero, (sum, each) => sum + each)))
            .ToArray();
        var total = cases.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Time);
        if (total <= LongRun) return null;
        var slowest = cases.MaxBy(one => one.Time);
        var downloadCase = CaseCatalogue.Describe(slowest.Case);
        var why = SlowCases.CountMissingThreads(downloadCase) > 0
            ? "the thread pool grows slowly"
            : $"{downloadCase.Downloads:N0} downloads of {MeanLatency(downloadCase.Scenario).TotalMilliseconds:0} ms, "
                + $"{downloadCase.MaxInFlight} at once";
        return string.Create(CultureInfo.InvariantCulture, $"This run takes about {Math.Ceiling(total.TotalMinutes)} minutes; "
            + $"its slowest case, {CaseCatalogue.GetFilterName(slowest.Case)}, {slowest.Time.TotalSeconds:0} s of them: {why}.");
    }

    /// <summary>One process of the case: its start, its first run with the growth of a blocked pool, and its iterations, of which a blocked
    /// pool makes the first ones longer.</summary>
    public static TimeSpan ForProcess(BenchmarkCase benchmarkCase)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var run = benchmarkCase.Job.Run;
        var makespan = Makespan(downloadCase);
        var warmUp = run.WarmupCount * makespan;
        if (run.WarmupCount > 0 && warmUp < downloadCase.MinWarmUp) warmUp = downloadCase.MinWarmUp;
        var starvedRuns = SlowCases.RunsInFirstRoundOnly(downloadCase) ? Math.Min(run.IterationCount, MaxStarvedRuns - run.WarmupCount) : 0;
        var starvedMakespan = Makespan(downloadCase, StarvedInFlightPerCore * Environment.ProcessorCount);
        var starving = Math.Max(0, starvedRuns) * (starvedMakespan - makespan);
        return Process + SlowCases.CountMissingThreads(downloadCase) * PoolGrowth + warmUp + run.IterationCount * makespan + starving;
    }

    /// <summary>One iteration of the case in a warm process.</summary>
    public static TimeSpan Makespan(DownloadCase downloadCase) => Makespan(downloadCase, downloadCase.MaxInFlight);

    private static TimeSpan Makespan(DownloadCase downloadCase, int maxInFlight)
    {
        var scenario = downloadCase.Scenario;
        var connecting = downloadCase.Clients == ClientPolicy.New ? scenario.ConnectLatency : TimeSpan.Zero;
        var each = MeanLatency(scenario) + connecting + OwnCost;
        var atOnce = Math.Min(maxInFlight, scenario.Capacity ?? int.MaxValue);
        var unlimited = downloadCase.Downloads * each / atOnce;
        var rate = Math.Min(scenario.RateLimit ?? double.PositiveInfinity, downloadCase.Rate ?? double.PositiveInfinity);
        var atRate = TimeSpan.FromSeconds(downloadCase.Downloads / rate);
        return atRate > unlimited ? atRate : unlimited;
    }

    /// <summary>Of a log-normal distribution with this median and 99th percentile: median × exp(σ² / 2).</summary>
    private static TimeSpan MeanLatency(Scenario scenario)
    {
        if (scenario.LatencyQuantiles is { } table) return table.Mean;
        if (scenario.LatencyP99 is not { } p99 || scenario.Latency <= TimeSpan.Zero) return scenario.Latency;
        var sigma = Math.Log(p99 / scenario.Latency) / NormalP99;
        return scenario.Latency * Math.Exp(sigma * sigma / 2);
    }
}

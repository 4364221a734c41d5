using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;
using BdnMeasurement = BenchmarkDotNet.Reports.Measurement;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Joins what the client measured of a case and what the server logged of it.</summary>
internal static class CaseResultBuilder
{
    /// <summary>A waterfall of more bars than this cannot be read.</summary>
    private const int MaxBars = 2000;

    /// <summary>A result from the case's measurements and, where the run is audited, the server's log.</summary>
    /// <param name="benchmarkCase">The case.</param>
    /// <param name="measurements">All its measurements, or those of its last process.</param>
    /// <param name="audit">The server's log and what is wrong with it; null when it was not read.</param>
    /// <param name="isAudited">Whether it was to be read.</param>
    public static CaseResult Build(
        BenchmarkCase benchmarkCase, IReadOnlyList<BdnMeasurement> measurements, CaseAudit? audit, bool isAudited)
    {
        var suite = CaseCatalogue.SuiteOf(benchmarkCase);
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var isCold = benchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart;
        var iterations = Iterations(measurements, allProcesses: isCold);
        var result = new CaseResult
        {
            Strategy = downloadCase.StrategyName,
            Kind = downloadCase.Strategy.Kind,
            Variant = downloadCase.Variant,
            Workers = downloadCase.Workers,
            Downloads = downloadCase.Downloads,
            Scenario = downloadCase.Scenario == suite.Scenario ? null : downloadCase.Scenario,
            AllowFailures = downloadCase.AllowFailures,
            IsBaseline = benchmarkCase.Descriptor.Baseline,
            IsCold = isCold,
            PublishedMs = downloadCase.PublishedMs,
            Processes = GroupByProcess(iterations),
        };
        if (!isAudited || iterations.Count == 0) return result;
        return audit is null
            ? result with { AuditFindings = ["Expected the server's log of the case, but it is missing."] }
            : AddServerMetrics(result, downloadCase, iterations, audit);
    }

    /// <summary>Each iteration with the process that measured it. A cold start is one iteration in each of several processes; of other
    /// cases the server's log holds the last process alone.</summary>
    private static IReadOnlyList<(int Process, IterationResult Result)> Iterations(
        IReadOnlyList<BdnMeasurement> measurements, bool allProcesses)
    {
        var results = measurements.Where(measurement => measurement.Is(IterationMode.Workload, IterationStage.Result)).ToList();
        return
        [
            .. results.Where(result => allProcesses || result.LaunchIndex == results[^1].LaunchIndex)
                .Select(result =>
                    (result.LaunchIndex, new IterationResult { MakespanMs = Round(result.Nanoseconds / result.Operations / 1e6) })),
        ];
    }

    private static IReadOnlyList<ProcessResult> GroupByProcess(IEnumerable<(int Process, IterationResult Result)> iterations) =>
        [.. iterations.GroupBy(iteration => iteration.Process, iteration => iteration.Result)
            .Select((process, index) => new ProcessResult(index + 1, [.. process]))];

    private static CaseResult AddServerMetrics(
        CaseResult result, DownloadCase downloadCase, IReadOnlyList<(int Process, IterationResult Result)> iterations, CaseAudit audit)
    {
        var log = audit.Log;
        // While a cold case still runs, its measurements are those of the last process and the log is that of all so far.
        var skipped = result.IsCold ? Math.Max(0, log.Iterations.Count - iterations.Count) : 0;
        var byIteration = log.Requests.ToLookup(request => request.Iteration);
        var requests = Enumerable.Range(skipped, log.Iterations.Count - skipped).Select(index => byIteration[index].ToList()).ToList();
        double[] makespans = [.. iterations.Select(iteration => iteration.Result.MakespanMs)];
        result = result with { IsAudited = true, AuditFindings = [.. audit.Findings, .. MakespanCheck.Check(requests, makespans)] };
        if (requests.Count != iterations.Count) return result;
        var measured = iterations.Select((iteration, index) => (iteration.Process,
            AddServerMetrics(iteration.Result, downloadCase, requests[index],
                ClientIterationReport.FromJson(log.Iterations[skipped + index].ClientReport))));
        return result with
        {
            Processes = GroupByProcess(measured),
            Waterfall = result.Downloads > MaxBars ? [] : WaterfallLayout.Assign(requests[MedianIterationIndex(makespans)]),
        };
    }

    private static IterationResult AddServerMetrics(
        IterationResult iteration, DownloadCase downloadCase, List<RequestRecord> requests, ClientIterationReport? report)
    {
        var busy = requests.Sum(request => request.ServiceTime.TotalMilliseconds);
        var ideal = IdealSchedule.Makespan(requests.Select(request => WorkerTime(request, downloadCase)), downloadCase.MaxInFlight);
        return iteration with
        {
            IdealMs = Round(ideal.TotalMilliseconds),
            ServiceTimeMs = MedianMs(requests, request => request.ServiceTime),
            LatencyMs = MedianMs(requests, request => request.Latency),
            ServerDelayMs = MedianMs(requests, request => request.ServiceTime - request.Queued - request.Latency),
            MeanInFlight = Round(busy / iteration.MakespanMs),
            PeakInFlight = ConcurrencyCalculator.Peak(requests),
            Connections = requests.DistinctBy(request => request.Connection).Count(),
            Attempts = requests.Count,
            Outcomes = requests.CountBy(request => request.Outcome).ToDictionary(),
            Failed = report?.Failed,
            FailureReasons = report?.Failures,
            AllocatedBytes = report?.AllocatedBytes,
            CpuMs = report?.CpuMilliseconds,
            PeakMemoryBytes = report?.PeakMemoryBytes,
        };
    }

    private static double? MedianMs(List<RequestRecord> requests, Func<RequestRecord, TimeSpan> time) =>
        requests.Count == 0 ? null : Round(requests.Select(request => time(request).TotalMilliseconds).Median());

    /// <summary>How long a worker is busy with a request: also with connecting, where the policy makes each download connect for
    /// itself.</summary>
    private static TimeSpan WorkerTime(RequestRecord request, DownloadCase downloadCase) =>
        request.ServiceTime + (downloadCase.Clients == ClientPolicy.New ? request.Connecting : TimeSpan.Zero);

    /// <summary>The iteration of median makespan.</summary>
    private static int MedianIterationIndex(double[] makespans) =>
        Enumerable.Range(0, makespans.Length).OrderBy(index => makespans[index]).ElementAt((makespans.Length - 1) / 2);

    /// <summary>To a tenth of a microsecond, far below what the clocks resolve together: more digits would only fill the file.</summary>
    private static double Round(double value) => Math.Round(value, 4);
}

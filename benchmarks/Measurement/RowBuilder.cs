using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using BdnMeasurement = BenchmarkDotNet.Reports.Measurement;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Puts what the client measured and what the server saw of a case into one row.</summary>
internal static class RowBuilder
{
    /// <summary>A waterfall of more bars than this shows nothing.</summary>
    private const int MostBars = 2000;

    /// <summary>A row from the case's measurements and, where the run is audited, what the server saw.</summary>
    /// <param name="benchmarkCase">The case.</param>
    /// <param name="measurements">All its measurements, or those of its last process.</param>
    /// <param name="evidence">What the server saw; null when it was not asked, or did not answer.</param>
    /// <param name="isAudited">Whether it was to be asked.</param>
    public static CaseResult Build(BenchmarkCase benchmarkCase, IReadOnlyList<BdnMeasurement> measurements, CaseAudit? evidence, bool isAudited)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var row = new CaseResult
        {
            Strategy = downloadCase.StrategyName,
            Kind = downloadCase.Strategy.Kind,
            Variant = downloadCase.Variant,
            Workers = downloadCase.Workers,
            Downloads = downloadCase.Downloads,
            Scenario = downloadCase.Scenario,
            AllowFailures = downloadCase.AllowFailures,
            IsBaseline = benchmarkCase.Descriptor.Baseline,
            IsCold = IsCold(benchmarkCase),
            Published = downloadCase.Published,
            Makespans = Makespans(measurements, allProcesses: IsCold(benchmarkCase)),
        };
        if (!isAudited || row.Makespans.Count == 0) return row;
        return evidence is null
            ? row with { AuditFindings = ["Expected the server's log of the case, there is none."] }
            : Witness(row, downloadCase, evidence);
    }

    private static bool IsCold(BenchmarkCase benchmarkCase) => benchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart;

    /// <summary>Cold starts are one iteration in each of several processes; otherwise the last process is the one that was witnessed.</summary>
    private static IReadOnlyList<double> Makespans(IReadOnlyList<BdnMeasurement> measurements, bool allProcesses)
    {
        var results = measurements.Where(measurement => measurement.Is(IterationMode.Workload, IterationStage.Result)).ToList();
        return
        [
            .. results.Where(result => allProcesses || result.LaunchIndex == results[^1].LaunchIndex)
                .Select(result => result.Nanoseconds / result.Operations / 1e6),
        ];
    }

    private static CaseResult Witness(CaseResult row, DownloadCase downloadCase, CaseAudit evidence)
    {
        var log = evidence.Log;
        // While a cold case still runs, its measurements are those of the last process and the log is that of all so far.
        var skipped = row.IsCold ? Math.Max(0, log.Iterations.Count - row.Makespans.Count) : 0;
        var byIteration = log.Requests.ToLookup(request => request.Iteration);
        var iterations = Enumerable.Range(skipped, log.Iterations.Count - skipped).Select(index => byIteration[index].ToList()).ToList();
        row = row with { Audited = true, AuditFindings = [.. evidence.Findings, .. MakespanCheck.Check(iterations, row.Makespans)] };
        return iterations.Count == row.Makespans.Count ? Measured(row, downloadCase, iterations, [.. log.Iterations.Skip(skipped)]) : row;
    }

    private static CaseResult Measured(CaseResult row, DownloadCase downloadCase, List<List<RequestRecord>> iterations, IReadOnlyList<IterationInterval> marks)
    {
        var claims = marks.Select(mark => ClientIterationReport.FromJson(mark.ClientReport)).OfType<ClientIterationReport>().ToList();
        var requests = iterations.SelectMany(iteration => iteration).ToList();
        return row with
        {
            Ideals = [.. iterations.Select(one => IdealSchedule.Makespan(one.Select(request => Duration(request, downloadCase)), downloadCase.MaxInFlight).TotalMilliseconds)],
            ServiceTime = requests.Count == 0 ? null : Median.Of(requests.Select(request => request.ServiceTime.TotalMilliseconds)),
            InFlight = Median.Of(iterations.Zip(row.Makespans, (one, makespan) => one.Sum(request => request.ServiceTime.TotalMilliseconds) / makespan)),
            Peak = iterations.Max(ConcurrencyCalculator.Peak),
            Connections = iterations.Max(one => one.DistinctBy(request => request.Connection).Count()),
            Attempts = iterations.Average(one => one.Count),
            Failed = claims.Count < iterations.Count ? null : claims.Average(claim => claim.Failed),
            FailureReasons = claims.SelectMany(claim => claim.Failures).GroupBy(failure => failure.Key)
                .ToDictionary(group => group.Key, group => group.Sum(failure => failure.Value)),
            AllocatedPerDownload = claims.Count == 0 ? null : Median.Of(claims.Select(claim => (double)claim.AllocatedBytes / row.Downloads)),
            CpuPerDownload = claims.Count == 0 ? null : Median.Of(claims.Select(claim => claim.CpuMilliseconds / row.Downloads)),
            PeakMemory = claims.Count == 0 ? null : claims.Max(claim => (double)claim.PeakMemoryBytes),
            Waterfall = row.Downloads > MostBars ? [] : WaterfallLayout.Assign(iterations[Middle(row.Makespans)]),
        };
    }

    /// <summary>How long a worker is busy with a request: also with connecting, where the policy makes each download connect for itself.</summary>
    private static TimeSpan Duration(RequestRecord request, DownloadCase downloadCase) =>
        request.ServiceTime + (downloadCase.Clients == ClientPolicy.New ? request.Connecting : TimeSpan.Zero);

    /// <summary>The iteration of median makespan.</summary>
    private static int Middle(IReadOnlyList<double> makespans) =>
        Enumerable.Range(0, makespans.Count).OrderBy(index => makespans[index]).ElementAt((makespans.Count - 1) / 2);
}

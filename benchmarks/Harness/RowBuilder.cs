using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Suites;
using Downloader.Lab;

namespace Downloader.Benchmarks.Harness;

/// <summary>Puts what the client measured and what the server saw of a case into one row.</summary>
internal static class RowBuilder
{
    /// <summary>A waterfall of more bars than this shows nothing.</summary>
    private const int MostBars = 2000;

    public static RowReport Build(BenchmarkCase benchmarkCase, IEnumerable<Measurement> measurements, CaseEvidence? evidence)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var row = new RowReport
        {
            Strategy = downloadCase.Strategy,
            Kind = downloadCase.Entry.Kind,
            Variant = downloadCase.Variant,
            Workers = downloadCase.Workers,
            Downloads = downloadCase.Downloads,
            IsBaseline = benchmarkCase.Descriptor.Baseline,
            IsCold = benchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart,
            Published = downloadCase.Published,
            Makespans = [.. measurements
                .Where(measurement => measurement.Is(IterationMode.Workload, IterationStage.Result))
                .Select(measurement => measurement.Nanoseconds / measurement.Operations / 1e6)],
        };
        return evidence is null || evidence.Log.Iterations.Count == 0 || row.Makespans.Count == 0 ? row : Witness(row, downloadCase, evidence);
    }

    private static RowReport Witness(RowReport row, DownloadCase downloadCase, CaseEvidence evidence)
    {
        var log = evidence.Log;
        var byIteration = log.Requests.ToLookup(request => request.Iteration);
        var iterations = Enumerable.Range(0, log.Iterations.Count).Select(index => byIteration[index].ToList()).ToList();
        var claims = log.Iterations.Select(mark => IterationClaim.FromJson(mark.Claim)).OfType<IterationClaim>().ToList();
        // The log may cover fewer iterations than were measured: with several launches, the last one's.
        IReadOnlyList<double> makespans = [.. row.Makespans.TakeLast(iterations.Count)];
        return row with
        {
            Audited = true,
            AuditFindings = evidence.Findings,
            Makespans = makespans,
            Ideals = [.. iterations.Select(requests => IdealSchedule.Makespan(requests.Select(request => Duration(request, downloadCase)), downloadCase.Limit).TotalMilliseconds)],
            ServiceTime = log.Requests.Count == 0 ? null : Median.Of(log.Requests.Select(request => request.ServiceTime.TotalMilliseconds)),
            InFlight = Median.Of(iterations.Zip(makespans, (requests, makespan) => requests.Sum(request => request.ServiceTime.TotalMilliseconds) / makespan)),
            Peak = iterations.Max(InFlight.Peak),
            Connections = iterations.Max(requests => requests.DistinctBy(request => request.Connection).Count()),
            Attempts = iterations.Average(requests => requests.Count),
            Failed = claims.Count == 0 ? 0 : claims.Average(claim => claim.Failed),
            FailureReasons = claims.SelectMany(claim => claim.Failures).GroupBy(failure => failure.Key)
                .ToDictionary(group => group.Key, group => group.Sum(failure => failure.Value)),
            AllocatedPerDownload = claims.Count == 0 ? null : Median.Of(claims.Select(claim => (double)claim.AllocatedBytes / row.Downloads)),
            CpuPerDownload = claims.Count == 0 ? null : Median.Of(claims.Select(claim => claim.CpuMilliseconds / row.Downloads)),
            PeakMemory = claims.Count == 0 ? null : claims.Max(claim => (double)claim.PeakMemoryBytes),
            Waterfall = row.Downloads > MostBars ? [] : Lanes.Assign(iterations[Middle(makespans)]),
        };
    }

    /// <summary>How long a worker is busy with a request: also with connecting, where the policy makes each download connect for itself.</summary>
    private static TimeSpan Duration(ServedRequest request, DownloadCase downloadCase) =>
        request.ServiceTime + (downloadCase.Clients == ClientPolicy.New ? request.Connecting : TimeSpan.Zero);

    /// <summary>The iteration of median makespan.</summary>
    private static int Middle(IReadOnlyList<double> makespans) =>
        Enumerable.Range(0, makespans.Count).OrderBy(index => makespans[index]).ElementAt((makespans.Count - 1) / 2);
}

using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Joins what the client measured of a case and what the server logged of it.</summary>
internal static class CaseResultBuilder
{
    /// <summary>A waterfall of more bars than this cannot be read.</summary>
    private const int MaxBars = 2000;

    /// <summary>A result from what was measured in the case's processes and, where the run is audited, from the server's logs.</summary>
    /// <param name="benchmarkCase">The case.</param>
    /// <param name="processes">Its processes, in the order of their rounds.</param>
    /// <param name="isAudited">Whether the server's log was to be read.</param>
    /// <param name="namesRounds">Whether a finding says its round: where the run has several.</param>
    public static CaseResult Build(
        BenchmarkCase benchmarkCase, IReadOnlyList<CaseProcess> processes, bool isAudited, bool namesRounds)
    {
        var suite = CaseCatalogue.SuiteOf(benchmarkCase);
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        AuditedProcess[] measured =
            [.. processes.Select(process => Measure(process, downloadCase, isAudited)).Where(process => process.Iterations.Count > 0)];
        (double MakespanMs, List<RequestRecord> Requests)[] iterations = [.. measured.SelectMany(process => process.Logged)];
        return new CaseResult
        {
            Strategy = downloadCase.StrategyName,
            Kind = downloadCase.Strategy.Kind,
            Variant = downloadCase.Variant,
            Workers = downloadCase.Workers,
            Downloads = downloadCase.Downloads,
            ListDownloads = downloadCase.ListDownloads,
            Page = downloadCase.Pages is [var page] ? page : null,
            Scenario = downloadCase.Scenario == suite.Scenario ? null : downloadCase.Scenario,
            MissingThreads = SlowCases.CountMissingThreads(downloadCase),
            AllowFailures = downloadCase.AllowFailures,
            MaxRetries = downloadCase.MaxRetries,
            IsBaseline = benchmarkCase.Descriptor.Baseline,
            IsCold = benchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart || downloadCase.Tool is not null,
            PublishedMs = downloadCase.PublishedMs,
            Processes = [.. measured.Select(process => new ProcessResult(process.Round, process.Iterations) { FirstMs = process.FirstMs })],
            IsAudited = measured.Any(process => process.IsLogRead),
            AuditFindings = [.. measured.SelectMany(process => Findings(process, namesRounds))],
            EndedEarly = processes.FirstOrDefault(process => !process.Report.Success) is { } failed
                ? CaseFailure.GetReason(failed.Report)
                : null,
            Waterfall = iterations.Length == 0 || downloadCase.Downloads > MaxBars
                ? []
                : WaterfallLayout.Assign(MedianIteration(iterations)),
        };
    }

    private static IEnumerable<string> Findings(AuditedProcess process, bool namesRounds) =>
        process.Findings.Select(finding => namesRounds ? $"Round {process.Round}: {finding}" : finding);

    private static AuditedProcess Measure(CaseProcess process, DownloadCase downloadCase, bool isAudited)
    {
        double[] makespans = [.. process.Report.AllMeasurements
            .Where(measurement => measurement.Is(IterationMode.Workload, IterationStage.Result))
            .Select(measurement => ServerMetrics.Round(measurement.Nanoseconds / measurement.Operations / 1e6))];
        var result = new AuditedProcess(process.Round, [.. makespans.Select(makespan => new IterationResult { MakespanMs = makespan })]);
        if (!isAudited || makespans.Length == 0) return result;
        return process.Audit is { } audit
            ? AddServerMetrics(result, makespans, audit, downloadCase)
            : result with { Findings = ["Expected the server's log of the case, but it is missing."] };
    }

    private static AuditedProcess AddServerMetrics(
        AuditedProcess process, double[] makespans, CaseAudit audit, DownloadCase downloadCase)
    {
        var log = audit.Log;
        var byIteration = log.Requests.ToLookup(request => request.Iteration);
        var requests = Enumerable.Range(0, log.Iterations.Count).Select(index => byIteration[index].ToList()).ToList();
        process = process with { IsLogRead = true, Findings = [.. audit.Findings, .. MakespanCheck.Check(requests, makespans)] };
        if (requests.Count != makespans.Length) return process;
        ClientIterationReport?[] reports = [.. log.Iterations.Select(iteration => ClientIterationReport.FromJson(iteration.ClientReport))];
        return process with
        {
            Iterations = [.. process.Iterations.Select((iteration, index) =>
                AddServerMetrics(iteration, downloadCase, requests[index], reports[index]))],
            FirstMs = reports[0]?.FirstMs is { } first ? ServerMetrics.Round(first) : null,
            Logged = [.. makespans.Zip(requests)],
        };
    }

    private static IterationResult AddServerMetrics(
        IterationResult iteration, DownloadCase downloadCase, List<RequestRecord> requests, ClientIterationReport? report)
    {
        var ideal = IdealSchedule.Makespan(requests.Select(request => WorkerTime(request, downloadCase)), downloadCase.MaxInFlight);
        return ServerMetrics.Create(iteration.MakespanMs, requests, ideal, report);
    }

    /// <summary>How long a worker is busy with a request: also with connecting, where the policy makes each download connect for
    /// itself.</summary>
    private static TimeSpan WorkerTime(RequestRecord request, DownloadCase downloadCase) =>
        request.ServiceTime + (downloadCase.Clients == ClientPolicy.New ? request.Connecting : TimeSpan.Zero);

    /// <summary>The requests of the iteration of median makespan.</summary>
    private static List<RequestRecord> MedianIteration((double MakespanMs, List<RequestRecord> Requests)[] iterations) =>
        iterations.OrderBy(iteration => iteration.MakespanMs).ElementAt((iterations.Length - 1) / 2).Requests;

    /// <summary>A process with what the server logged of it.</summary>
    private sealed record AuditedProcess(int Round, IReadOnlyList<IterationResult> Iterations)
    {
        public bool IsLogRead { get; init; }

        public double? FirstMs { get; init; }

        public IReadOnlyList<string> Findings { get; init; } = [];

        /// <summary>The requests of each iteration with its makespan; empty where the log does not fit the iterations.</summary>
        public IReadOnlyList<(double MakespanMs, List<RequestRecord> Requests)> Logged { get; init; } = [];
    }
}

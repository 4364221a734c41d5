using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Joins the processes of each case: one row a case in BenchmarkDotNet's reports, and one case result.</summary>
/// <param name="schedule">Knows the case and the round of each process.</param>
/// <param name="diagnoser">Has read the server's log of each process.</param>
internal sealed class RoundMerger(RoundSchedule schedule, ServerAuditDiagnoser diagnoser)
{
    /// <summary>Joins the reports of a suite's processes and exports the summary, as BenchmarkDotNet would do with its own.</summary>
    /// <param name="reports">The reports of the processes that ended.</param>
    /// <param name="raw">BenchmarkDotNet's summary of them, with a row a process; null where the suite did not end.</param>
    /// <param name="fallback">Has the paths of the run where there is no such summary; null where no suite has ended.</param>
    /// <param name="onExportFailed">Called with one line when the files cannot be written.</param>
    public MeasuredSuite Merge(IReadOnlyList<BenchmarkReport> reports, Summary? raw, Summary? fallback, Action<string> onExportFailed)
    {
        var cases = GroupByCase(reports);
        CaseResult[] results =
            [.. cases.Select(one => CaseResultBuilder.Build(one.Case, one.Processes, diagnoser.IsAudited, schedule.Rounds > 1))];
        BenchmarkReport[] merged = [.. cases.Select((one, index) => Merge(one.Case, one.Processes, GetMetrics(cases, results, index)))];
        var summary = CreateSummary(merged, raw, fallback ?? raw);
        var config = merged[0].BenchmarkCase.Config;
        try
        {
            // Each exporter works while its files are asked for.
            _ = config.GetCompositeExporter().ExportToFiles(summary, config.GetCompositeLogger()).Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onExportFailed($"The reports of BenchmarkDotNet cannot be written: {e.Message}");
        }

        return new MeasuredSuite(summary, results, raw is null);
    }

    /// <summary>The cases in the order of the source, whatever order they ran in.</summary>
    private (BenchmarkCase Case, CaseProcess[] Processes)[] GroupByCase(IReadOnlyList<BenchmarkReport> reports)
    {
        var byCase = reports.ToLookup(report => schedule.GetCase(report.BenchmarkCase));
        return [.. schedule.Cases.Where(byCase.Contains).Select(one => (one, Processes(byCase[one])))];

        CaseProcess[] Processes(IEnumerable<BenchmarkReport> ofCase) =>
        [
            .. ofCase.Select(report =>
                    new CaseProcess(schedule.GetRound(report.BenchmarkCase), report, diagnoser.GetAudit(report.BenchmarkCase)))
                .OrderBy(process => process.Round),
        ];
    }

    /// <summary>Without an audit there are none. The baseline of the whole run is what a case is compared with: in a shuffled order it does
    /// not run first.</summary>
    private Metric[] GetMetrics((BenchmarkCase Case, CaseProcess[] Processes)[] cases, CaseResult[] results, int index)
    {
        if (!diagnoser.IsAudited || results[index].Processes.Count == 0) return [];
        var group = CaseCatalogue.GetComparisonGroup(cases[index].Case);
        var baseline = results.Where((result, other) => result.IsBaseline && result.Processes.Count > 0
            && CaseCatalogue.GetComparisonGroup(cases[other].Case) == group).FirstOrDefault();
        return [.. CaseMetrics.For(results[index], baseline)];
    }

    /// <summary>One report a case; a process's measurements have its round as their launch index.</summary>
    private static BenchmarkReport Merge(BenchmarkCase benchmarkCase, CaseProcess[] processes, IEnumerable<Metric> metrics) => new(
        processes.All(process => process.Report.Success),
        benchmarkCase,
        processes[0].Report.GenerateResult,
        processes[0].Report.BuildResult,
        [.. processes.SelectMany(process => process.Report.ExecuteResults.Select(result => WithLaunchIndex(result, process.Round)))],
        [.. processes[0].Report.Metrics.Values, .. metrics]);

    private static ExecuteResult WithLaunchIndex(ExecuteResult result, int launchIndex) => new(
        result.FoundExecutable,
        result.ExitCode,
        result.ProcessId,
        result.Results,
        result.PrefixedLines,
        result.StandardOutput,
        launchIndex);

    private static Summary CreateSummary(BenchmarkReport[] reports, Summary? raw, Summary? paths)
    {
        var config = reports[0].BenchmarkCase.Config;
        var now = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return new Summary(
            raw?.Title ?? $"{reports[0].BenchmarkCase.Descriptor.Type.FullName}-{now}",
            [.. reports],
            HostEnvironmentInfo.GetCurrent(),
            paths?.ResultsDirectoryPath ?? GetResultsFolder(config),
            paths?.LogFilePath ?? Newest(Directory.EnumerateFiles(config.ArtifactsPath, "*.log")) ?? "",
            raw?.TotalTime ?? TimeSpan.Zero,
            config.CultureInfo ?? CultureInfo.InvariantCulture,
            raw?.ValidationErrors ?? [],
            [.. config.GetColumnHidingRules()]);
    }

    /// <summary>The one that BenchmarkDotNet has made; with --noOverwrite its name is the time of the start.</summary>
    private static string GetResultsFolder(ImmutableConfig config)
    {
        var isDated = config.Options.HasFlag(ConfigOptions.DontOverwriteResults);
        var newest = isDated ? Newest(Directory.EnumerateDirectories(config.ArtifactsPath)) : null;
        return newest ?? Path.Combine(config.ArtifactsPath, "results");
    }

    private static string? Newest(IEnumerable<string> paths) => paths.MaxBy(File.GetLastWriteTimeUtc);
}

using System.Reflection;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Turns BenchmarkDotNet's summaries and the server's logs into the data of a run.</summary>
internal static class RunResultBuilder
{
    /// <summary>The data of a run.</summary>
    /// <param name="summaries">BenchmarkDotNet's results.</param>
    /// <param name="planned">The cases that were to be measured.</param>
    /// <param name="diagnoser">Has read the server's logs; null without an audit.</param>
    /// <param name="started">When the run began.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="command">The command line that repeats it.</param>
    /// <param name="server">Software and version of the mock server.</param>
    public static RunResult Build(
        Summary[] summaries,
        BenchmarkRunInfo[] planned,
        ServerAuditDiagnoser? diagnoser,
        DateTimeOffset started,
        TimeSpan duration,
        string command,
        string server)
    {
        var plannedCases = planned.SelectMany(suite => suite.BenchmarksCases).CountBy(ReportName).ToDictionary();
        return new RunResult(
            started,
            duration,
            command,
            Machine(server),
            [.. summaries.SelectMany(summary => summary.Reports).GroupBy(report => ReportName(report.BenchmarkCase))
                .Select(suite => Suite([.. suite], plannedCases[suite.Key], diagnoser))],
            [.. summaries.SelectMany(summary => Files(summary, started)).Distinct()])
        {
            PlannedCases = plannedCases.Values.Sum(),
        };
    }

    private static string ReportName(BenchmarkCase benchmarkCase) => CaseCatalogue.SuiteOf(benchmarkCase).ReportName;

    private static SuiteResult Suite(IReadOnlyList<BenchmarkReport> reports, int planned, ServerAuditDiagnoser? diagnoser)
    {
        var suite = CaseCatalogue.SuiteOf(reports[0].BenchmarkCase);
        return new SuiteResult(
            suite.ReportName,
            suite.Question,
            suite.Scenario,
            [.. reports.Select(Case)])
        {
            Notes = suite.Notes,
            IsUnfinished = reports.Count < planned,
        };

        CaseResult Case(BenchmarkReport report) => CaseResultBuilder.Build(
            report.BenchmarkCase, report.AllMeasurements, diagnoser?.GetAudit(report.BenchmarkCase), isAudited: diagnoser is not null);
    }

    private static Dictionary<string, string> Machine(string server)
    {
        var host = HostEnvironmentInfo.GetCurrent();
        return new()
        {
            ["CPU"] = host.Cpu.Value.ProcessorName ?? "unknown",
            ["Cores"] = $"{Environment.ProcessorCount} logical",
            ["OS"] = host.Os.Value.ToString() ?? "unknown",
            [".NET"] = $"{host.RuntimeVersion}, SDK {host.DotNetSdkVersion.Value}",
            ["BenchmarkDotNet"] = host.BenchmarkDotNetVersion,
            ["Mock server"] = server,
            ["Microsoft.Extensions.Http"] = Version("Microsoft.Extensions.Http"),
        };
    }

    private static string Version(string assembly) =>
        Assembly.Load(assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>BenchmarkDotNet names its files after the summary. Older ones are another run's.</summary>
    private static IEnumerable<string> Files(Summary summary, DateTimeOffset started) =>
        Directory.Exists(summary.ResultsDirectoryPath)
            ? Directory.EnumerateFiles(summary.ResultsDirectoryPath, $"{summary.Title.Split('-')[0]}*-report*")
                .Where(path => File.GetLastWriteTimeUtc(path) >= started.UtcDateTime).Select(path => Path.GetFileName(path))
                    .Order(StringComparer.Ordinal)
            : [];
}

using System.Reflection;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Turns BenchmarkDotNet's summaries and the server's evidence into the data of the reports.</summary>
internal static class RunResultBuilder
{
    /// <summary>The report of a run.</summary>
    /// <param name="summaries">What came of it.</param>
    /// <param name="planned">What it was to measure.</param>
    /// <param name="witness">What the server saw; null without an audit.</param>
    /// <param name="started">When it began.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="command">The command line that repeats it.</param>
    /// <param name="server">What the mock server runs on.</param>
    public static RunResult Build(
        Summary[] summaries, BenchmarkRunInfo[] planned, ServerAuditDiagnoser? witness, DateTimeOffset started, TimeSpan took, string command, string server)
    {
        var plannedCases = planned.SelectMany(suite => suite.BenchmarksCases).CountBy(ReportName).ToDictionary();
        return new RunResult(
            started,
            took,
            command,
            Machine(server),
            [.. summaries.SelectMany(summary => summary.Reports).GroupBy(report => ReportName(report.BenchmarkCase))
                .Select(suite => Suite([.. suite], plannedCases[suite.Key], witness))],
            [.. summaries.SelectMany(summary => Files(summary, started)).Distinct()])
        {
            PlannedCases = plannedCases.Values.Sum(),
        };
    }

    private static string ReportName(BenchmarkCase benchmarkCase) => CaseCatalogue.SuiteOf(benchmarkCase).ReportName;

    private static SuiteResult Suite(IReadOnlyList<BenchmarkReport> reports, int planned, ServerAuditDiagnoser? witness)
    {
        var suite = CaseCatalogue.SuiteOf(reports[0].BenchmarkCase);
        return new SuiteResult(
            suite.ReportName,
            suite.Question,
            suite.Topic,
            suite.Scenario,
            [.. reports.Select(report => RowBuilder.Build(report.BenchmarkCase, report.AllMeasurements, witness?.GetAudit(report.BenchmarkCase), isAudited: witness is not null))])
        {
            Notes = suite.Notes,
            IsUnfinished = reports.Count < planned,
        };
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Machine(string server)
    {
        var host = HostEnvironmentInfo.GetCurrent();
        return
        [
            new("CPU", host.Cpu.Value.ProcessorName ?? "unknown"),
            new("Cores", $"{Environment.ProcessorCount} logical"),
            new("OS", host.Os.Value.ToString() ?? "unknown"),
            new(".NET", $"{host.RuntimeVersion}, SDK {host.DotNetSdkVersion.Value}"),
            new("BenchmarkDotNet", host.BenchmarkDotNetVersion),
            new("Mock server", server),
            new("Microsoft.Extensions.Http", Version("Microsoft.Extensions.Http")),
        ];
    }

    private static string Version(string assembly) =>
        Assembly.Load(assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>BenchmarkDotNet names its files after the summary. Older ones are another run's.</summary>
    private static IEnumerable<string> Files(Summary summary, DateTimeOffset started) =>
        Directory.Exists(summary.ResultsDirectoryPath)
            ? Directory.EnumerateFiles(summary.ResultsDirectoryPath, $"{summary.Title.Split('-')[0]}*-report*")
                .Where(path => File.GetLastWriteTimeUtc(path) >= started.UtcDateTime).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            : [];
}

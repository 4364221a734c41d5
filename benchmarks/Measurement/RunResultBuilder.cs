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
    /// <param name="suites">What was measured.</param>
    /// <param name="schedule">The cases that were to be measured, and their rounds.</param>
    /// <param name="shuffleSeed">What shuffled the rounds.</param>
    /// <param name="started">When the run began.</param>
    /// <param name="duration">How long it took.</param>
    /// <param name="command">The command line that repeats it.</param>
    /// <param name="server">Software and version of the mock server.</param>
    public static RunResult Build(
        IReadOnlyList<MeasuredSuite> suites,
        RoundSchedule schedule,
        int shuffleSeed,
        DateTimeOffset started,
        TimeSpan duration,
        string command,
        string server)
    {
        var plannedCases = schedule.Cases.CountBy(ReportName).ToDictionary();
        var measured = suites.SelectMany(suite =>
            suite.Cases.Zip(suite.Summary.Reports, (result, report) => (report.BenchmarkCase, result)));
        var unfinished = suites.Where(suite => suite.IsUnfinished).SelectMany(suite => suite.Summary.BenchmarksCases).Select(ReportName)
            .ToHashSet();
        return new RunResult(
            started,
            duration,
            command,
            Machine(server),
            [.. measured.GroupBy(one => ReportName(one.BenchmarkCase)).Select(Suite)],
            [.. suites.SelectMany(suite => Files(suite.Summary, started)).Distinct()])
        {
            Rounds = schedule.Rounds,
            ShuffleSeed = shuffleSeed,
            PlannedCases = schedule.Cases.Count,
        };

        SuiteResult Suite(IGrouping<string, (BenchmarkCase Case, CaseResult Result)> cases)
        {
            var suite = CaseCatalogue.SuiteOf(cases.First().Case);
            return new SuiteResult(suite.ReportName, suite.Question, suite.Scenario, [.. cases.Select(one => one.Result)])
            {
                Notes = suite.NotesOnRun,
                IsUnfinished = unfinished.Contains(cases.Key) || cases.Count() < plannedCases[cases.Key],
            };
        }
    }

    private static string ReportName(BenchmarkCase benchmarkCase) => CaseCatalogue.SuiteOf(benchmarkCase).ReportName;

    private static Dictionary<string, string> Machine(string server)
    {
        var host = HostEnvironmentInfo.GetCurrent();
        return new()
        {
            ["CPU"] = host.Cpu.Value.ProcessorName ?? "unknown",
            ["Cores"] = $"{Environment.ProcessorCount} logical processors",
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

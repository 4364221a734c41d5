using System.CommandLine;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.CommandLine;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>A suite's cases under options of the command line, and their results from any server's log, made by the code that a run
/// uses.</summary>
internal sealed class SuiteCases
{
    private readonly BenchmarkCase[] _cases;

    private SuiteCases(Suite suite, BenchmarkCase[] cases) => (Suite, _cases) = (suite, cases);

    public Suite Suite { get; }

    public int Count => _cases.Length;

    /// <summary>Makes the options those of the test that calls this, and finds the cases.</summary>
    /// <exception cref="UsageException">The options do not fit the suite's cases.</exception>
    /// <exception cref="ScenarioException">The options make no scenario with those of the suite.</exception>
    public static SuiteCases Find(string reportName, string options)
    {
        var definition = new BenchmarkOptions();
        var root = new RootCommand();
        foreach (var option in definition.All) root.Add(option);
        var settings = definition.GetSettings(root.Parse(options));
        BenchmarkSettings.Isolate();
        settings.ApplyToProcess();
        var suites = SuiteCatalogue.Types.Select(type => (Type: type, Suite: (Suite)Activator.CreateInstance(type)!))
            .Where(one => one.Suite.ReportName == reportName).ToArray();
        BenchmarkCase[] cases = [.. suites.SelectMany(one =>
            BenchmarkConverter.TypeToBenchmarks(one.Type, SuiteConfig.Create(NullLogger.Instance, one.Suite.Plan)).BenchmarksCases)];
        OptionCompatibilityChecks.Check(cases, settings);
        return new SuiteCases(suites[0].Suite, cases);
    }

    /// <summary>Each case is run once, in one process.</summary>
    /// <param name="run">Runs a case, cold or not: its makespans and the server's log.</param>
    public SuiteResult Run(Func<DownloadCase, bool, (IReadOnlyList<TimeSpan> Makespans, RequestLog Log)> run) =>
        new(Suite.ReportName, Suite.Question, Suite.Scenario, [.. _cases.Select(one => Run(one, run))]) { Notes = Suite.NotesOnRun };

    private static CaseResult Run(
        BenchmarkCase benchmarkCase, Func<DownloadCase, bool, (IReadOnlyList<TimeSpan> Makespans, RequestLog Log)> run)
    {
        var downloadCase = CaseCatalogue.Describe(benchmarkCase);
        var (makespans, log) = run(downloadCase, CaseCatalogue.SuiteOf(benchmarkCase).Plan.WarmUps == 0);
        var audit = new CaseAudit(log, Auditor.Check(ExpectationFactory.Create(downloadCase), log));
        string[] measurements = [.. makespans.Select((makespan, index) =>
            FormattableString.Invariant($"WorkloadResult {index + 1}: 1 op, {makespan.TotalNanoseconds:0.00} ns, 0 ms/op"))];
        var report = new BenchmarkReport(
            true, benchmarkCase, null!, null!, [new ExecuteResult(true, 0, 1, measurements, [], measurements, 1)], []);
        return CaseResultBuilder.Build(benchmarkCase, [new CaseProcess(1, report, audit)], isAudited: true, namesRounds: false);
    }
}

using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Tests.Benchmarks.Suites.Simulation;

/// <summary>A suite under options of the command line, run against a simulated server: what is true without noise, and what processes that
/// differ would have measured.</summary>
internal sealed class SuiteSimulation
{
    private const int Iterations = 3;

    private readonly Suite _suite;
    private readonly SuiteResult _exact;

    private SuiteSimulation(Suite suite, SuiteResult exact)
    {
        (_suite, _exact) = (suite, exact);
        Rows = SuiteAnalysis.AnalyseRows(exact);
    }

    /// <summary>The rows without noise: the truth that a conclusion is held against.</summary>
    public IReadOnlyList<CaseAnalysis> Rows { get; }

    public static SuiteSimulation Create(string reportName, string options)
    {
        var cases = SuiteCases.Find(reportName, options);
        return new SuiteSimulation(cases.Suite, cases.Run(Simulate));
    }

    /// <summary>What a run would have concluded, had its processes differed so.</summary>
    /// <param name="noise">By what a process's times are multiplied.</param>
    /// <param name="rounds">Rounds, with a process of each case.</param>
    public SuiteAnalysis Analyse(IProcessDeviation noise, int rounds = 3)
    {
        CaseResult[] cases = [.. _exact.Cases.Select((one, index) => one with
        {
            Processes = [.. Enumerable.Range(1, rounds).Select(round => Process(one, round, noise.Factor(index, round)))],
        })];
        return SuiteAnalysis.Create(_exact with { Cases = cases }, _suite);
    }

    private static ProcessResult Process(CaseResult one, int round, double factor)
    {
        var exact = one.Processes[0];
        var iteration = exact.Iterations[0];
        // What slows a process down slows its requests and its makespan alike.
        var measured = iteration with
        {
            MakespanMs = iteration.MakespanMs * factor,
            IdealMs = iteration.IdealMs * factor,
            ServiceTimeMs = iteration.ServiceTimeMs * factor,
        };
        var iterations = one.IsCold ? 1 : Iterations;
        return new ProcessResult(round, [.. Enumerable.Repeat(measured, iterations)]) { FirstMs = exact.FirstMs * factor };
    }

    private static (IReadOnlyList<TimeSpan> Makespans, RequestLog Log) Simulate(DownloadCase downloadCase, bool isCold)
    {
        var clock = new SimulatedClock();
        var server = new SimulatedServer(downloadCase.Scenario, clock);
        var client = new SimulatedClient(downloadCase, server, clock, isCold);
        client.Start();
        clock.Run();
        var interval = new IterationInterval(TimeSpan.Zero, client.Makespan, client.Report.ToJson());
        return ([client.Makespan], new RequestLog([interval], server.Log, 0, 0));
    }
}

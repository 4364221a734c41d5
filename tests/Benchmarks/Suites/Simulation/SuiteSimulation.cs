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
    private HashSet<int> _waiting = [];

    private SuiteSimulation(Suite suite, SuiteResult exact)
    {
        (_suite, _exact) = (suite, exact);
        Rows = SuiteAnalysis.AnalyseRows(exact);
    }

    /// <summary>The rows without noise: the truth that a conclusion is held against.</summary>
    public IReadOnlyList<CaseAnalysis> Rows { get; }

    /// <summary>Whether workers of the case waited for threads of the pool.</summary>
    public bool WaitsForThreads(CaseAnalysis row) => _waiting.Contains(row.Index);

    public static SuiteSimulation Create(string reportName, string options, bool ignoresCapacity = false)
    {
        var cases = SuiteCases.Find(reportName, options);
        List<bool> waits = [];
        var exact = cases.Run((downloadCase, isCold) =>
        {
            var scenario = downloadCase.Scenario;
            var served = ignoresCapacity ? scenario with { Capacity = null, Queue = null } : scenario;
            var (client, log) = Simulate(downloadCase, served, isCold);
            waits.Add(client.HasWaitedForThreads);
            return ([client.Makespan], log);
        });
        return new SuiteSimulation(cases.Suite, exact)
        {
            _waiting = [.. waits.Index().Where(one => one.Item).Select(one => one.Index)],
        };
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
        // What slows a process down slows its requests, its makespan and its work alike.
        var measured = iteration with
        {
            MakespanMs = iteration.MakespanMs * factor,
            IdealMs = iteration.IdealMs * factor,
            ServiceTimeMs = iteration.ServiceTimeMs * factor,
            CpuMs = iteration.CpuMs * factor,
        };
        var iterations = one.IsCold ? 1 : Iterations;
        return new ProcessResult(round, [.. Enumerable.Repeat(measured, iterations)]) { FirstMs = exact.FirstMs * factor };
    }

    private static (SimulatedClient Client, RequestLog Log) Simulate(DownloadCase downloadCase, Scenario scenario, bool isCold)
    {
        var clock = new SimulatedClock();
        var server = new SimulatedServer(scenario, clock);
        var client = new SimulatedClient(downloadCase, server, clock, isCold);
        client.Start();
        clock.Run();
        var interval = new IterationInterval(TimeSpan.Zero, client.Makespan, client.Report.ToJson());
        return (client, new RequestLog([interval], server.Log, 0, 0));
    }
}

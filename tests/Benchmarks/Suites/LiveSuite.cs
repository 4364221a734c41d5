using System.Diagnostics;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using Downloader.Tests.Benchmarks.Suites.Simulation;
using Downloader.Tests.Support;

namespace Downloader.Tests.Benchmarks.Suites;

/// <summary>A suite under options of the command line, run against the real mock server by the code of the child processes, without
/// BenchmarkDotNet: its cases share this process.</summary>
internal static class LiveSuite
{
    /// <summary>Runs every case once a round, after a warm-up, and concludes.</summary>
    public static SuiteAnalysis Analyse(MockServerFixture server, string reportName, string options, int rounds = 1)
    {
        var cases = SuiteCases.Find(reportName, options);
        SuiteResult[] results = [.. Enumerable.Range(1, rounds).Select(_ => cases.Run((downloadCase, _) => Run(server, downloadCase)))];
        var merged = results[0] with
        {
            Cases = [.. results[0].Cases.Select((one, index) => one with
            {
                Processes = [.. results.Select((result, round) => result.Cases[index].Processes[0] with { Round = round + 1 })],
                AuditFindings = [.. results.SelectMany(result => result.Cases[index].AuditFindings)],
            })],
        };
        return SuiteAnalysis.Create(merged, cases.Suite);
    }

    private static (IReadOnlyList<TimeSpan> Makespans, RequestLog Log) Run(MockServerFixture server, DownloadCase downloadCase)
    {
        var settings = BenchmarkSettings.Current with { Server = server.Address, Endpoints = server.Endpoints };
        server.Control.SetScenario(downloadCase.Scenario);
        server.Control.ResetAudit();
        using var runner = new CaseRunner(settings, warmsUp: false);
        RunIteration(runner, downloadCase);
        // Again, so that the rate limit starts anew.
        server.Control.SetScenario(downloadCase.Scenario);
        server.Control.ResetAudit();
        var makespan = RunIteration(runner, downloadCase);
        return ([makespan], server.Control.ReadAudit());
    }

    private static TimeSpan RunIteration(CaseRunner runner, DownloadCase downloadCase)
    {
        runner.BeginIteration();
        var started = Stopwatch.GetTimestamp();
        runner.Run(downloadCase).GetAwaiter().GetResult();
        var makespan = Stopwatch.GetElapsedTime(started);
        runner.EndIteration();
        return makespan;
    }
}

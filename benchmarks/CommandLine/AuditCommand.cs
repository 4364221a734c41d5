using System.CommandLine;
using System.Diagnostics;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>audit</c>: the judgement of a run of several clients.</summary>
internal sealed class AuditCommand
{
    private const int DefaultWaitSeconds = 300;

    private const string Help = """
        Judge a run of several clients (load) by the server's log.

        It waits until all clients have joined and ended. Then it checks: each page as often as listed, in total and by each client;
        at most W requests in flight for each client, and M times W for all; each claim equal to what that client was served; all at
        work at the same time for half of the makespan or more. All times are on the server's clock. It writes report.html, report.md
        and report.json, and the last three lines of output are the figures as crank reads them. Afterwards the server takes another
        run.

        Exit codes: 0 all well, 1 something is wrong (one line for each client), 2 invalid arguments.
        """;

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(0.25);
    private readonly LoadOptions _options = new();
    private readonly Option<int?> _waitSeconds = NumberOption.CreateInt(
        "--wait-seconds", $"How long to wait until all clients have ended (default {DefaultWaitSeconds}).", 1, 86_400);

    private readonly Option<string> _artifacts = new("--artifacts")
    {
        Description = "Where the reports go (default ./BenchmarkDotNet.Artifacts).",
        HelpName = "DIR",
        DefaultValueFactory = _ => "BenchmarkDotNet.Artifacts",
    };

    /// <summary>The command, to be added to the root.</summary>
    public Command Create()
    {
        var command = new Command("audit", Help);
        foreach (var option in (Option[])[.. _options.All, _waitSeconds, _artifacts]) command.Add(option);
        command.SetAction(ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var plan = _options.GetPlan(result);
        var artifacts = Path.GetFullPath(result.GetValue(_artifacts)!);
        var started = DateTimeOffset.Now;
        var watch = Stopwatch.StartNew();
        using var control = new MockServerClient(_options.GetServer(result));
        using var taken = ArtifactsFolder.Take(artifacts);
        var run = await WaitAsync(control, result.GetValue(_waitSeconds) ?? DefaultWaitSeconds, cancellationToken);
        // Before anything is built from a plan: the clients can have sent any.
        if (run.Plan != plan)
        {
            if (run.IsOver) control.CloseLoadRun(run.Id);
            throw new MeasurementException($"{control.Server}: expected {plan}; the clients joined with {run.Plan}.");
        }

        var expected = LoadRunExpectationFactory.Create(plan, control.GetScenario());
        var log = ReadLog(control, run);
        var findings = LoadRunAuditor.Check(expected, run, log);
        var software = control.GetEndpoints().Software;
        var overlap = LoadOverlap.Of(run, log);

        var wholeCase = LoadRunExpectationFactory.CreateCase(plan, expected.Whole.Scenario);
        var cases = LoadRunResultBuilder.BuildCases(wholeCase, expected, run, log, findings);
        var machines = MachineCount.Of(run);
        var suite = new SuiteResult(ManyClients.Name, ManyClients.Question, expected.Whole.Scenario, cases)
        {
            Notes = [.. CreateNotes(run, machines, overlap), .. findings.Notes],
        };
        var data = new RunResult(
            started, watch.Elapsed, BenchmarkRun.FormatCommandLine(), LoadRunResultBuilder.DescribeMachines(run, software), [suite], [])
        {
            PlannedCases = cases.Count,
        };
        WriteReports(data, artifacts);
        if (run.IsOver && control.GetLoadRun()?.Id == run.Id) control.CloseLoadRun(run.Id);
        JobStatisticsWriter.Write([.. CreateMeasurements(cases[0], run, machines, overlap, findings)]);
        if (findings.IsClean) return ExitCode.Success;
        JobStatisticsWriter.WriteErrors(CreateErrors(run, findings));
        return ExitCode.Failure;
    }

    private static async Task<LoadRun> WaitAsync(MockServerClient control, int seconds, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var run = control.GetLoadRun();
            if (run is { IsOver: true }) return run;
            if (watch.Elapsed.TotalSeconds >= seconds)
            {
                return run is { State: LoadRunState.Running }
                    ? run
                    : throw new MeasurementException($"--wait-seconds {seconds}: no run of several clients was released in that time; "
                        + $"{run?.Clients.Count ?? 0} clients had joined.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    private static RequestLog ReadLog(MockServerClient control, LoadRun run)
    {
        // A run that failed has no log: what the server has is of another one.
        if (run.Failure is not null) return new RequestLog([], [], InFlight: 0, Dropped: 0);
        var log = control.ReadAudit();
        // The run holds the server: while it is there, nobody changes the scenario or the log.
        if (control.GetLoadRun()?.Id == run.Id) return log;
        throw new MeasurementException($"{control.Server}: another audit has closed the run while this one read it.");
    }

    private static void WriteReports(RunResult run, string artifacts)
    {
        // A file or a pipe has no width; lines stay whole.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var analysis = RunAnalysis.Create(run, SuiteCatalogue.FindInterpretation);
        ConsoleView.Render(analysis, AnsiConsole.Console);
        ConsoleView.RenderPaths(ReportWriter.Write(analysis, Path.Combine(artifacts, "results")), [], AnsiConsole.Console);
    }

    private static List<string> CreateNotes(LoadRun run, MachineCount machines, LoadOverlap? overlap)
    {
        List<string> notes =
        [
            $"{LoadRunResultBuilder.Describe(run, machines)}.",
            "All times are on the server's clock: a makespan is the time from the first arrival to the last answer. Each client is a new "
                + "process that runs its share once, connections and JIT included.",
        ];
        if (machines.Machines < run.Clients.Count)
            notes.Add("Clients that share a machine compete for its processors: more clients are no more machines.");
        if (overlap is not null)
        {
            notes.Add($"All clients had work at the same time for {ReportFormat.Time(overlap.Duration.TotalMilliseconds)}, "
                + $"{ReportFormat.Percent(overlap.Share)} of the makespan.");
        }

        if (run.EndedAgo is { } ago) notes.Add($"The run ended {ReportFormat.Time(ago.TotalMilliseconds)} before it was read.");
        return notes;
    }

    private static IEnumerable<string> CreateErrors(LoadRun run, LoadRunFindings findings)
    {
        foreach (var finding in findings.Whole) yield return Capitalize(finding);
        foreach (var (client, ofClient) in run.Clients.Zip(findings.Clients).Where(one => one.Second.Count > 0))
        {
            var others = ofClient.Count == 1 ? "" : $" ({ofClient.Count - 1} more in the report)";
            yield return Capitalize($"{client.Name}: {ofClient[0]}{others}");
        }
    }

    private static string Capitalize(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    /// <summary>The audit runs on one endpoint; its makespan and median come from the whole log.</summary>
    private static IEnumerable<JobMeasurement> CreateMeasurements(
        CaseResult whole, LoadRun run, MachineCount machines, LoadOverlap? overlap, LoadRunFindings findings)
    {
        yield return new("audit/passed", "Audit passed (1 or 0)", JobOperation.Max, findings.IsClean ? 1 : 0);
        yield return new("audit/clients", "Clients", JobOperation.Max, run.Clients.Count);
        yield return new("audit/machines", "Distinct client machines", JobOperation.Max, machines.Machines);
        if (overlap is not null)
            yield return new("audit/overlap", "All at work at once (% of makespan)", JobOperation.Max, Math.Round(overlap.Share * 100, 1));
        if (whole.Processes is not [{ Iterations: [var iteration] }]) yield break;
        yield return new("audit/makespan", "Makespan at the server (ms)", JobOperation.Max, iteration.MakespanMs);
        yield return new("audit/ideal", "Ideal schedule (ms)", JobOperation.Max, iteration.IdealMs!.Value);
        yield return new("audit/service-time", "Median service time (ms)", JobOperation.Max, iteration.ServiceTimeMs!.Value);
        yield return new("audit/peak", "Peak in flight", JobOperation.Max, iteration.PeakInFlight!.Value);
        yield return new("audit/requests", "Requests, retries included", JobOperation.Sum, iteration.Attempts!.Value);
        yield return new("audit/served", "Served", JobOperation.Sum, Count(iteration, RequestOutcome.Served));
        yield return new("audit/refused", "Refused", JobOperation.Sum,
            Count(iteration, RequestOutcome.Refused) + Count(iteration, RequestOutcome.RateLimited));
    }

    private static int Count(IterationResult iteration, RequestOutcome outcome) => iteration.Outcomes!.GetValueOrDefault(outcome);
}

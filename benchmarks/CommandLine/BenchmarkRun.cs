using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.MockServer.Client;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>From settings to reports: checks the options, starts the server, runs the cases, writes the results.</summary>
internal static class BenchmarkRun
{
    /// <summary>Runs the chosen cases.</summary>
    /// <param name="settings">Our own options.</param>
    /// <param name="benchmarkDotNetArgs">BenchmarkDotNet's options.</param>
    /// <param name="verbose">Whether its log is shown.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments are invalid.</exception>
    public static int Execute(BenchmarkSettings settings, IReadOnlyList<string> benchmarkDotNetArgs, bool verbose)
    {
        settings.ApplyToProcess();
        var log = verbose ? ConsoleLogger.Default : NullLogger.Instance;
        var arguments = new BenchmarkArguments(benchmarkDotNetArgs);
        var suites = arguments.SelectCases(suite => SuiteConfig.Create(log, suite.Plan));
        if (arguments.OnlyPrints)
        {
            arguments.Print();
            return ExitCode.Success;
        }

        RejectDebugBuild();
        OptionCompatibilityChecks.Check([.. suites.SelectMany(suite => suite.BenchmarksCases)], settings);
        return Run(settings with { HasWarmUp = arguments.HasWarmUp }, arguments, log);
    }

    /// <summary>Rejects a build whose code is not optimized.</summary>
    /// <exception cref="UsageException">This is one.</exception>
    public static void RejectDebugBuild()
    {
        if (typeof(BenchmarkRun).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            throw new UsageException("This is a Debug build, whose times mean nothing. Run: dotnet run -c Release --project benchmarks");
    }

    private static int Run(BenchmarkSettings settings, BenchmarkArguments arguments, ILogger log)
    {
        var watch = Stopwatch.StartNew();
        var started = DateTimeOffset.Now;
        // A file or a pipe has no width; lines stay whole.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        using var process = settings.Server is null ? MockServerProcess.Start() : null;
        using var controlClient = new MockServerClient(process?.Address ?? settings.Server!);
        var endpoints = GetEndpoints(controlClient);
        using var lease = controlClient.AcquireRun();
        settings = settings with { Server = controlClient.Server, Endpoints = endpoints, RunToken = lease.Token };
        settings.ApplyToProcess();

        using var interrupt = new CtrlCHandler();
        using var roundGate = settings.WaitsBeforeRounds ? new RoundGate(Console.In, Console.Out) : null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(interrupt.Token, roundGate?.Closed ?? CancellationToken.None);
        var diagnoser = new ServerAuditDiagnoser(controlClient, settings.Audit);
        using var progress = new RunProgress(diagnoser, AnsiConsole.Console, IsLive(log));
        var run = new InterruptibleRun(progress, diagnoser, ending.Token, roundGate);
        var suites = arguments.SelectCases(suite => SuiteConfig.Create(log, suite.Plan)
            .AddEventProcessor(run)
            .AddDiagnoser(diagnoser)
            .WithArtifactsPath(Path.GetFullPath("BenchmarkDotNet.Artifacts")));
        using var artifacts = ArtifactsFolder.Take(suites[0].Config.ArtifactsPath);
        var keepsFiles = suites[0].Config.Options.HasFlag(ConfigOptions.KeepBenchmarkFiles);
        using var folder = GeneratedFolder.Create(GeneratedFolder.GetRoot(AppContext.BaseDirectory), keepsFiles);
        if (ToolBuild.IsNeeded(suites))
        {
            try
            {
                progress.OnBuildingTool();
                var tool = ToolBuild.BuildAsync(suites, folder.Path, ending.Token).GetAwaiter().GetResult();
                (settings with { Tool = tool }).ApplyToProcess();
                suites = ToolBuild.WithoutMissing(suites, tool);
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine(RunResultWriter.InterruptedEarly);
                return ExitCode.Interrupted;
            }
        }

        var schedule = new RoundSchedule(new RunToolchain(folder.Path).ApplyTo(suites), settings.ShuffleSeed);
        progress.OnScheduled(schedule, settings.ShuffleSeed);
        var measured = run.Run(schedule);
        progress.Dispose();

        var report = RunResultBuilder.Build(
            measured, schedule, settings.ShuffleSeed, started, watch.Elapsed, FormatCommandLine(), endpoints.Software);
        var isInterrupted = ending.Token.IsCancellationRequested && run.EndedProcesses < schedule.Processes.Count;
        Summary[] summaries = [.. measured.Select(suite => suite.Summary)];
        report = report with { Interrupted = isInterrupted, Calibration = settings.Calibration };
        return RunResultWriter.Write(summaries, report, run.Failure, AnsiConsole.Console);
    }

    private static ServerEndpoints GetEndpoints(MockServerClient controlClient)
    {
        try
        {
            return controlClient.GetEndpoints();
        }
        catch (MockServerControlException e)
        {
            throw new UsageException($"--server {e.Message}");
        }
    }

    /// <summary>The command line of this process, as a shell takes it.</summary>
    public static string FormatCommandLine()
    {
        var arguments = string.Concat(Environment.GetCommandLineArgs().Skip(1).Select(argument => $" {QuoteForShell(argument)}"));
        const string Command = "dotnet run -c Release --project benchmarks";
        return arguments.Length == 0 ? Command : $"{Command} --{arguments}";
    }

    private static string QuoteForShell(string argument)
    {
        var isPlain = argument.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.,:/=".Contains(letter, StringComparison.Ordinal));
        return isPlain ? argument : $"'{argument}'";
    }

    /// <summary>A line that changes needs a terminal to which nothing else is written.</summary>
    private static bool IsLive(ILogger log) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected && log is NullLogger;
}

using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.ConsoleArguments;
using BenchmarkDotNet.ConsoleArguments.ListBenchmarks;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Suites;
using Downloader.MockServer.Client;
using Spectre.Console;
using TypeFilter = BenchmarkDotNet.Running.TypeFilter;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>From settings to reports: checks the call, starts the server, runs the cases, writes what came of it.</summary>
internal static class BenchmarkRun
{
    /// <summary>Runs the chosen cases.</summary>
    /// <param name="settings">Our own options.</param>
    /// <param name="passedOn">BenchmarkDotNet's options.</param>
    /// <param name="verbose">Whether its log is shown.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The call was wrong.</exception>
    public static int Execute(BenchmarkSettings settings, IReadOnlyList<string> passedOn, bool verbose)
    {
        settings.Use();
        var log = verbose ? ConsoleLogger.Default : NullLogger.Instance;
        var (arguments, asked) = Parse(passedOn);
        var cases = Cases(arguments, type => Config(type, log));
        if (cases.Length == 0)
            throw new UsageException($"{(asked.Filters.Any() ? $"--filter {string.Join(' ', asked.Filters)}: matches no case" : "No case matches")}; it takes globs over names as --list flat shows them, with arguments: '*Strategies.WhenAll(workers: 5)'.");
        if (asked.PrintInformation || asked.ListBenchmarkCaseMode != ListBenchmarkCaseMode.Disabled)
        {
            new BenchmarkSwitcher([.. CaseCatalogue.Suites]).Run(arguments, ManualConfig.CreateEmpty().AddLogger(ConsoleLogger.Unicode));
            return ExitCode.Success;
        }

        RefuseDebugBuild();
        OptionCompatibilityChecks.Check([.. cases.SelectMany(suite => suite.BenchmarksCases)], settings);
        settings = settings with { WarmsUp = asked is { WarmupIterationCount: not 0, RunStrategy: not RunStrategy.ColdStart } };
        return Run(settings, arguments, log);
    }

    private static int Run(BenchmarkSettings settings, string[] arguments, ILogger log)
    {
        var watch = Stopwatch.StartNew();
        // What reads a file or a pipe has no width; lines stay whole.
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = 160;
        var started = DateTimeOffset.Now;
        using var process = settings.Server is null ? MockServerProcess.Start() : null;
        settings = settings with { Server = process?.Address ?? settings.Server };
        settings.Use();
        using var lab = Connect(settings, out var endpoints);
        var witness = settings.Audit ? new ServerAuditDiagnoser(lab) : null;
        if (witness is null) lab.StopAudit();
        using var interrupt = new CtrlCHandler(alsoTerminate: false);
        BenchmarkRunInfo[] cases;
        Summary[] summaries;
        using (var progress = new RunProgress(witness, AnsiConsole.Console, IsLive(log)))
        {
            var run = new InterruptibleRun(progress, interrupt.Token);
            cases = Cases(arguments, type =>
            {
                var config = Config(type, log).AddEventProcessor(run).WithArtifactsPath(Path.GetFullPath("BenchmarkDotNet.Artifacts"));
                return witness is null ? config : config.AddDiagnoser(witness);
            });
            // BenchmarkDotNet looks for the project from the current folder; the reports go where the caller stands.
            Environment.CurrentDirectory = BuildPaths.Project;
            summaries = run.Run(cases);
        }

        var isInterrupted = interrupt.Token.IsCancellationRequested;
        var given = string.Concat(Environment.GetCommandLineArgs().Skip(1).Select(argument => $" {Quoted(argument)}"));
        var command = $"dotnet run -c Release --project benchmarks{(given.Length == 0 ? "" : " --")}{given}";
        var report = RunResultBuilder.Build(summaries, cases, witness, started, watch.Elapsed, command, endpoints.Software);
        return RunResultWriter.Write(summaries, report with { Interrupted = isInterrupted && report.MeasuredCases < report.PlannedCases }, AnsiConsole.Console);
    }

    /// <summary>As a shell takes it.</summary>
    private static string Quoted(string argument) =>
        argument.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.,:/=".Contains(letter, StringComparison.Ordinal)) ? argument : $"'{argument}'";

    /// <summary>A line that changes needs a terminal, and nobody else who writes to it.</summary>
    private static bool IsLive(ILogger log) =>
        AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected && log is NullLogger;

    private static MockServerClient Connect(BenchmarkSettings settings, out ServerEndpoints endpoints)
    {
        var lab = new MockServerClient(settings.Server!);
        try
        {
            endpoints = lab.GetEndpoints();
            return lab;
        }
        catch (MockServerControlException e)
        {
            throw new UsageException($"--server {e.Message}");
        }
    }

    private static ManualConfig Config(Type suite, ILogger log) => SuiteConfig.Create(log, ((Suite)Activator.CreateInstance(suite)!).Plan);

    /// <summary>The chosen cases, suite by suite: each has a plan of its own.</summary>
    private static BenchmarkRunInfo[] Cases(string[] arguments, Func<Type, ManualConfig> configOf) =>
    [
        .. CaseCatalogue.Suites.SelectMany(suite =>
        {
            var config = configOf(suite);
            var (_, parsed, _) = ConfigParser.Parse(arguments, NullLogger.Instance, config);
            return TypeFilter.Filter(ManualConfig.Union(config, parsed), [suite]);
        }),
    ];

    /// <summary>BenchmarkDotNet's part of the command line, checked; the main suite alone unless it chooses.</summary>
    private static (string[] Arguments, CommandLineOptions Asked) Parse(IReadOnlyList<string> passedOn)
    {
        // A word that belongs to no option is a slip of the pen; BenchmarkDotNet would pass over it and run for minutes.
        if (passedOn is [var first, ..] && !first.StartsWith('-') && !first.StartsWith('@')) throw new UsageException($"{first}: is no command and no option. See --help.");
        var errors = new AccumulationLogger();
        var (valid, _, asked) = ConfigParser.Parse([.. passedOn], errors, ManualConfig.CreateEmpty());
        if (!valid) throw new UsageException(FirstError(errors.GetLog()));
        var chosen = asked.Filters.Any() || asked.AllCategories.Any() || asked.AnyCategories.Any() || asked.AttributeNames.Any()
            || asked.ListBenchmarkCaseMode != ListBenchmarkCaseMode.Disabled;
        return (chosen ? [.. passedOn] : [.. passedOn, "--filter", $"{typeof(Strategies).FullName}.*"], asked);
    }

    private static string FirstError(string log)
    {
        var lines = log.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var header = Array.FindIndex(lines, line => line.StartsWith("ERROR(S)", StringComparison.Ordinal));
        var line = header >= 0 && header + 1 < lines.Length ? lines[header + 1] : lines.FirstOrDefault() ?? "The call is wrong.";
        return $"{line} See --help.";
    }

    private static void RefuseDebugBuild()
    {
        if (typeof(BenchmarkRun).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            throw new UsageException("This is a Debug build, whose times mean nothing. Run: dotnet run -c Release --project benchmarks");
    }
}

using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Execution;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Results;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Another checkout of this project against this one: checks the options, builds, lets the rounds alternate, compares, and
/// confirms an alarm.</summary>
internal sealed record CheckoutComparison
{
    /// <summary>The top of the other checkout.</summary>
    public required string BaseFolder { get; init; }

    /// <summary>Rounds of each checkout.</summary>
    public required int Rounds { get; init; }

    /// <summary>The slowdown that must be found, as 0.1; null for none.</summary>
    public required double? Gate { get; init; }

    /// <summary>The folder of the artifacts.</summary>
    public required string Artifacts { get; init; }

    /// <summary>What was asked of both runs.</summary>
    public required BenchmarkSettings Settings { get; init; }

    /// <summary>Our own options for both runs.</summary>
    public required IReadOnlyList<string> OwnArguments { get; init; }

    /// <summary>BenchmarkDotNet's options for both runs.</summary>
    public required IReadOnlyList<string> BenchmarkDotNetArguments { get; init; }

    /// <summary>Compares.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The arguments are invalid.</exception>
    /// <exception cref="MeasurementException">A checkout could not be built, or one of the runs failed.</exception>
    public async Task<int> ExecuteAsync(IAnsiConsole console)
    {
        var schedule = Schedule();
        if (!CheckoutBuild.IsCheckout(BaseFolder))
            throw new UsageException($"--base {BaseFolder}: must be a checkout of this project; it has no benchmarks project.");
        BenchmarkRun.RejectDebugBuild();
        using var taken = ArtifactsFolder.Take(Artifacts);
        using var interrupt = new CtrlCHandler();
        try
        {
            if (CaseDurationEstimate.DescribeLongRun(schedule) is { } warning) console.WriteLine($"For each of the two: {warning}");
            console.WriteLine($"Building {BaseFolder}");
            var assembly = await CheckoutBuild.BuildAsync(BaseFolder, interrupt.Token);
            var runs = new CheckoutRuns(assembly, this, console, interrupt.Token);
            return await CompareAsync(schedule.Cases, runs.MeasureAsync, console);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted before there was anything to compare.");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Measures, compares, and confirms an alarm.</summary>
    /// <param name="cases">The cases of this checkout.</param>
    /// <param name="measure">Measures both checkouts, with BenchmarkDotNet's options and into a folder below the artifacts.</param>
    /// <param name="console">The screen.</param>
    /// <returns>The exit code.</returns>
    internal async Task<int> CompareAsync(
        IReadOnlyList<BenchmarkCase> cases, Func<string, IReadOnlyList<string>, Task<MeasuredPair>> measure, IAnsiConsole console)
    {
        var measured = await measure("compare", BenchmarkDotNetArguments);
        var comparison = RunComparison.Create(measured.Base, measured.Candidate, isPaired: true, Gate);
        if (!measured.IsInterrupted && comparison.Alarms.ToArray() is { Length: > 0 } alarms)
        {
            console.WriteLine($"Alarm: confirming {Analysis.ReportFormat.Pluralize(alarms.Length, "case")} with fresh rounds.");
            (comparison, measured) = await ConfirmAsync(comparison, measured, () =>
                measure("confirm", ReplaceFilters([.. alarms.Select(one => FindFilter(cases, one))])));
        }

        var isWritten = CompareResultWriter.Write(comparison, Artifacts, console, measured.Files);
        if (measured.IsInterrupted) return ExitCode.Interrupted;
        if (comparison.HasRegression) return ExitCode.Regression;
        return isWritten && !measured.HasFailed && !comparison.HasUngatedFailure ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>What fresh rounds say of the alarms. Where they cannot be measured, the comparison stays as it is: it took long, and is
    /// shown all the same.</summary>
    private static async Task<(RunComparison Comparison, MeasuredPair Measured)> ConfirmAsync(
        RunComparison comparison, MeasuredPair measured, Func<Task<MeasuredPair>> measure)
    {
        try
        {
            var fresh = await measure();
            if (!fresh.IsInterrupted) comparison = comparison.Confirm(fresh.Base, fresh.Candidate);
            var hasFailed = measured.HasFailed || fresh.HasFailed || (!fresh.IsInterrupted && comparison.LacksConfirmation);
            return (comparison, measured with { HasFailed = hasFailed, IsInterrupted = fresh.IsInterrupted });
        }
        catch (OperationCanceledException)
        {
            return (comparison, measured with { IsInterrupted = true });
        }
        catch (Exception e) when (e is MeasurementException or UsageException or InvalidRunException)
        {
            await Console.Error.WriteLineAsync($"The alarm could not be confirmed: {e.Message}");
            return (comparison, measured with { HasFailed = true });
        }
    }

    /// <summary>The cases of this checkout, all options checked as a run would: before anything is built.</summary>
    /// <exception cref="UsageException">They are invalid.</exception>
    internal RoundSchedule Schedule()
    {
        if (BenchmarkDotNetArguments.FirstOrDefault(token => token is "--server" or "--verbose") is { } refused)
            throw new UsageException($"{refused}: cannot be used here; each of the two runs starts a mock server, and shows no log.");
        var settings = Settings with { Rounds = Rounds };
        settings.ApplyToProcess();
        var arguments = new BenchmarkArguments(BenchmarkDotNetArguments);
        if (arguments.OnlyPrints) throw new UsageException("compare: takes no option that only prints, as --list and --info.");
        var suites = arguments.SelectCases(suite => SuiteConfig.Create(NullLogger.Instance, suite.Plan));
        var schedule = new RoundSchedule(suites, settings.ShuffleSeed);
        OptionCompatibilityChecks.Check(schedule.Cases, settings);
        return schedule;
    }

    /// <summary>What <c>--filter</c> takes for a case.</summary>
    private static string FindFilter(IReadOnlyList<BenchmarkCase> cases, ComparedCase alarmed)
    {
        var key = CaseKey.Create(alarmed.Suite, alarmed.Candidate.Result);
        var found = cases.First(one => CaseCatalogue.SuiteOf(one).ReportName == key.Suite && HasKey(one, key));
        return $"*.{CaseCatalogue.GetFilterName(found)}";
    }

    private static bool HasKey(BenchmarkCase benchmarkCase, CaseKey key)
    {
        var one = CaseCatalogue.Describe(benchmarkCase);
        var isCold = benchmarkCase.Job.Run.RunStrategy == RunStrategy.ColdStart;
        return key == new CaseKey(key.Suite, one.StrategyName, one.Variant, one.Workers, one.Downloads, isCold);
    }

    /// <summary>BenchmarkDotNet's options with these filters instead of those that were given.</summary>
    private string[] ReplaceFilters(IReadOnlyList<string> filters)
    {
        List<string> kept = [];
        var isFilter = false;
        foreach (var token in BenchmarkDotNetArguments)
        {
            // BenchmarkDotNet ignores the case of an option, and takes its value after = too.
            if (token.StartsWith('-')) isFilter = token.Split('=')[0].ToLowerInvariant() is "--filter" or "-f";
            if (!isFilter) kept.Add(token);
        }

        return [.. kept, "--filter", .. filters];
    }
}

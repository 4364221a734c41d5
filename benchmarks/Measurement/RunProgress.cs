using System.Diagnostics;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.Benchmarks.Analysis;
using Spectre.Console;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Shows how far a run is: a live line on a terminal, and a plain line for each process that ended.</summary>
public sealed class RunProgress : EventProcessor, IDisposable
{
    private readonly ServerAuditDiagnoser _diagnoser;
    private readonly IAnsiConsole _console;
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _live;
    private readonly Dictionary<BenchmarkCase, TimeSpan> _measured = [];
    private RoundSchedule? _schedule;
    private Dictionary<BenchmarkCase, TimeSpan> _estimates = [];
    private TimeSpan _processStarted;
    private int _done;
    private volatile string _now = "Preparing";

    /// <summary>Starts the display.</summary>
    /// <param name="diagnoser">Has the audit of each process that ended.</param>
    /// <param name="console">Where to show it.</param>
    /// <param name="live">Whether the screen can show a line that changes.</param>
    public RunProgress(ServerAuditDiagnoser diagnoser, IAnsiConsole console, bool live)
    {
        ArgumentNullException.ThrowIfNull(console);
        _diagnoser = diagnoser;
        _console = console;
        _live = live ? Task.Run(ShowLive) : Task.CompletedTask;
    }

    /// <summary>Shows that the tool is being built: before the cases are, for those that run it.</summary>
    internal void OnBuildingTool()
    {
        _now = "Building the tool";
        if (_live.IsCompleted) WriteLine(_now);
    }

    /// <summary>Says in which order the cases will run, and how long a long run will take.</summary>
    /// <param name="schedule">What will run.</param>
    /// <param name="shuffleSeed">What shuffled it.</param>
    internal void OnScheduled(RoundSchedule schedule, int shuffleSeed)
    {
        _schedule = schedule;
        _estimates = schedule.Processes.ToDictionary(process => process, CaseDurationEstimate.ForProcess);
        if (schedule.Rounds > 1)
            WriteLine($"{schedule.RoundsText}; the cases of each round in an order of their own (--shuffle-seed {shuffleSeed}).");
        if (CaseDurationEstimate.DescribeLongRun(schedule) is { } warning) WriteLine(warning);
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions)
    {
        _now = $"Building {ReportFormat.Pluralize(_schedule!.Cases.Count, "case")}";
        if (_live.IsCompleted) WriteLine(_now);
    }

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        ArgumentNullException.ThrowIfNull(buildResult);
        if (!buildResult.IsBuildSuccess) WriteLine("The build failed.");
    }

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        _processStarted = _run.Elapsed;
        _now = $"[{_done + 1}/{_estimates.Count}] {FormatName(benchmarkCase)}";
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        ArgumentNullException.ThrowIfNull(report);
        _measured[_schedule!.GetCase(benchmarkCase)] = _run.Elapsed - _processStarted;
        _done++;
        var count = _estimates.Count.ToString();
        var result = report is { Success: true, ResultStatistics: { } statistics } ? $"{statistics.Median / 1e6:N1} ms" : "failed";
        var audit = _diagnoser.GetAudit(benchmarkCase) is { Findings.Count: > 0 } ? ", the audit found faults" : "";
        var place = $"[{_done.ToString().PadLeft(count.Length)}/{count}]";
        WriteLine($"{place} {FormatName(benchmarkCase),-55} {result,12}   {FormatRemaining()}{audit}");
    }

    /// <summary>Shows that the run is ending early.</summary>
    public void OnInterrupt()
    {
        _now = "Interrupted: ending. Ctrl-C again ends at once";
        if (_live.IsCompleted) WriteLine(_now);
    }

    /// <summary>Ends the display.</summary>
    public void Dispose()
    {
        if (_ended.IsCancellationRequested) return;
        _ended.Cancel();
        _live.GetAwaiter().GetResult();
    }

    /// <summary>Whole lines, however narrow the screen: Spectre would break them.</summary>
    private void WriteLine(string line) => _console.Write(new Text(line + Environment.NewLine) { Overflow = Overflow.Crop });

    private string FormatName(BenchmarkCase scheduled)
    {
        var round = _schedule!.Rounds > 1 ? $"round {_schedule.GetRound(scheduled)}: " : "";
        return round + CaseCatalogue.GetFilterName(scheduled);
    }

    /// <summary>A case that has run once will take as long again; for the others the estimate counts.</summary>
    private string FormatRemaining()
    {
        if (_done == 0) return "";
        var remaining = _schedule!.Processes.Skip(_done).Aggregate(
            TimeSpan.Zero, (sum, process) => sum + _measured.GetValueOrDefault(_schedule.GetCase(process), _estimates[process]));
        return $"{Format(remaining)} left";
    }

    /// <summary>Minutes and seconds, however many minutes.</summary>
    private static string Format(TimeSpan time) => $"{(int)time.TotalMinutes}:{time.Seconds:00}";

    private async Task ShowLive()
    {
        await _console.Status().StartAsync(Markup.Escape(_now), async context =>
        {
            while (!_ended.IsCancellationRequested)
            {
                context.Status(Markup.Escape($"{_now}   {Format(_run.Elapsed)} elapsed  {FormatRemaining()}"));
                await Task.Delay(250);
            }
        });
    }
}

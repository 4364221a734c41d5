using System.Diagnostics;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Spectre.Console;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Shows how far a run is: a live line on a terminal, and a plain line for each case that ended.</summary>
public sealed class RunProgress : EventProcessor, IDisposable
{
    private readonly ServerAuditDiagnoser _diagnoser;
    private readonly IAnsiConsole _console;
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _live;
    private Dictionary<BenchmarkCase, TimeSpan> _estimates = [];
    private TimeSpan _estimateDone;
    private TimeSpan _firstCase;
    private int _done;
    private volatile string _now = "Preparing";

    /// <summary>Starts the display.</summary>
    /// <param name="diagnoser">Has the audit of a case that ended.</param>
    /// <param name="console">Where to show it.</param>
    /// <param name="live">Whether the screen can show a line that changes.</param>
    public RunProgress(ServerAuditDiagnoser diagnoser, IAnsiConsole console, bool live)
    {
        ArgumentNullException.ThrowIfNull(console);
        _diagnoser = diagnoser;
        _console = console;
        _live = live ? Task.Run(ShowLive) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions)
    {
        _estimates = partitions.SelectMany(partition => partition.Benchmarks)
            .ToDictionary(build => build.BenchmarkCase, build => CaseDurationEstimate.For(build.BenchmarkCase));
        _now = $"Building {_estimates.Count} {(_estimates.Count == 1 ? "case" : "cases")}";
        if (_live.IsCompleted) WriteLine(_now);
    }

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        ArgumentNullException.ThrowIfNull(buildResult);
        if (!buildResult.IsBuildSuccess) WriteLine("The build failed.");
    }

    /// <inheritdoc/>
    public override void OnStartRunStage() => _firstCase = _run.Elapsed;

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        _now = $"[{_done + 1}/{_estimates.Count}] {CaseCatalogue.GetFilterName(benchmarkCase)}";
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        ArgumentNullException.ThrowIfNull(report);
        _estimateDone += _estimates[benchmarkCase];
        _done++;
        var count = _estimates.Count.ToString();
        var result = report is { Success: true, ResultStatistics: { } statistics } ? $"{statistics.Median / 1e6:N1} ms" : "failed";
        var audit = _diagnoser.GetAudit(benchmarkCase) is { Findings.Count: > 0 } ? ", the audit found faults" : "";
        var place = $"[{_done.ToString().PadLeft(count.Length)}/{count}]";
        WriteLine($"{place} {CaseCatalogue.GetFilterName(benchmarkCase),-46} {result,12}   {FormatRemaining()}{audit}");
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

    private string FormatRemaining()
    {
        if (_done == 0 || _estimateDone <= TimeSpan.Zero) return "";
        var estimate = _estimates.Values.Aggregate(TimeSpan.Zero, (sum, one) => sum + one);
        var remaining = (_run.Elapsed - _firstCase) * ((estimate - _estimateDone) / _estimateDone);
        return $"{remaining:m\\:ss} left";
    }

    private async Task ShowLive()
    {
        await _console.Status().StartAsync(Markup.Escape(_now), async context =>
        {
            while (!_ended.IsCancellationRequested)
            {
                context.Status(Markup.Escape($"{_now}   {_run.Elapsed:m\\:ss} elapsed  {FormatRemaining()}"));
                await Task.Delay(250);
            }
        });
    }
}

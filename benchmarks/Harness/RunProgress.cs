using System.Diagnostics;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Spectre.Console;

namespace Downloader.Benchmarks.Harness;

/// <summary>Shows how far a run is: a live line on a terminal, and a plain line for each case that ended.</summary>
public sealed class RunProgress : EventProcessor, IDisposable
{
    private readonly WitnessDiagnoser? _witness;
    private readonly IAnsiConsole _console;
    private readonly Stopwatch _run = Stopwatch.StartNew();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _live;
    private TimeSpan _firstCase;
    private int _cases;
    private int _done;
    private volatile string _now = "Preparing";

    /// <summary>Begins to show.</summary>
    /// <param name="witness">Told when a case begins; null without an audit.</param>
    /// <param name="console">Where to show it.</param>
    /// <param name="live">Whether the screen can show a line that changes.</param>
    public RunProgress(WitnessDiagnoser? witness, IAnsiConsole console, bool live)
    {
        ArgumentNullException.ThrowIfNull(console);
        _witness = witness;
        _console = console;
        _live = live ? Task.Run(ShowLive) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions)
    {
        _cases = partitions.Sum(partition => partition.Benchmarks.Length);
        Say($"Building {_cases} cases");
    }

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        ArgumentNullException.ThrowIfNull(buildResult);
        if (!buildResult.IsBuildSuccess) _console.WriteLine("The benchmarks could not be built; the log says why.");
    }

    /// <inheritdoc/>
    public override void OnStartRunStage() => _firstCase = _run.Elapsed;

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        _witness?.Begin();
        _now = $"[{_done + 1}/{_cases}] {NameOf(benchmarkCase)}";
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        ArgumentNullException.ThrowIfNull(report);
        _done++;
        var result = report is { Success: true, ResultStatistics: { } statistics }
            ? $"{statistics.Median / 1e6,10:N1} ms"
            : "    failed   ";
        var audit = _witness?.EvidenceOf(benchmarkCase) is { Findings.Count: > 0 } ? ", the audit found faults" : "";
        _console.WriteLine($"[{_done.ToString().PadLeft(_cases.ToString().Length)}/{_cases}] {NameOf(benchmarkCase),-48}{result}   {Times()}{audit}");
    }

    /// <summary>Stops showing.</summary>
    public void Dispose()
    {
        if (_ended.IsCancellationRequested) return;
        _ended.Cancel();
        _live.GetAwaiter().GetResult();
    }

    private void Say(string what)
    {
        _now = what;
        if (_live.IsCompleted) _console.WriteLine(what);
    }

    private string Times()
    {
        var elapsed = _run.Elapsed;
        var left = _done == 0 ? "" : $", about {(elapsed - _firstCase) / _done * (_cases - _done):m\\:ss} left";
        return $"{elapsed:m\\:ss} elapsed{left}";
    }

    private static string NameOf(BenchmarkCase benchmarkCase) =>
        $"{benchmarkCase.Descriptor.Type.Name}.{benchmarkCase.Descriptor.WorkloadMethod.Name}{Parameters(benchmarkCase)}";

    private static string Parameters(BenchmarkCase benchmarkCase) =>
        benchmarkCase.Parameters.Count == 0
            ? ""
            : $"({string.Join(", ", benchmarkCase.Parameters.Items.Select(parameter => $"{parameter.Name}: {parameter.Value}"))})";

    private async Task ShowLive()
    {
        await _console.Status().StartAsync(Markup.Escape(_now), async context =>
        {
            while (!_ended.IsCancellationRequested)
            {
                context.Status(Markup.Escape($"{_now}   {Times()}"));
                await Task.Delay(250);
            }
        });
    }
}

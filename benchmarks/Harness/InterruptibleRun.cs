using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Downloader.Benchmarks.Harness;

/// <summary>A run that can be interrupted: the case under way is lost, those before it are kept.</summary>
/// <remarks>BenchmarkDotNet ends the case's process at Ctrl-C by itself, and would go on with the next. An exception from here is what stops it;
/// its clean-up still runs, its summary of the suite under way is made here instead.</remarks>
/// <param name="progress">Told of all that ended by itself.</param>
/// <param name="interrupted">Interrupts.</param>
internal sealed class InterruptibleRun(RunProgress progress, CancellationToken interrupted) : EventProcessor
{
    /// <summary>Ctrl-C reaches a case and this process at the same time: by how much the news of the one may be ahead of the other.</summary>
    private static readonly TimeSpan SameTime = TimeSpan.FromSeconds(0.3);

    private readonly List<Summary> _ended = [];
    private readonly List<BenchmarkReport> _underWay = [];

    /// <summary>Runs the cases, whose configuration must have this event processor.</summary>
    /// <returns>A summary per suite; of an interrupted run, with the cases that had ended.</returns>
    public Summary[] Run(BenchmarkRunInfo[] suites)
    {
        try
        {
            var summaries = BenchmarkRunner.Run(suites);
            return interrupted.IsCancellationRequested ? Kept() : summaries;
        }
        catch (Exception) when (interrupted.IsCancellationRequested)
        {
            return Kept();
        }
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions) => progress.OnStartBuildStage(partitions);

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        if (!Interrupted(buildResult.IsBuildSuccess)) progress.OnBuildComplete(partition, buildResult);
    }

    /// <inheritdoc/>
    public override void OnStartRunStage() => progress.OnStartRunStage();

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        interrupted.ThrowIfCancellationRequested();
        progress.OnStartRunBenchmark(benchmarkCase);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        if (Interrupted(report.Success)) throw new OperationCanceledException(interrupted);
        _underWay.Add(report);
        progress.OnEndRunBenchmark(benchmarkCase, report);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmarksInType(Type type, Summary summary)
    {
        interrupted.ThrowIfCancellationRequested();
        _ended.Add(summary);
        _underWay.Clear();
    }

    private bool Interrupted(bool endedWell) => endedWell ? interrupted.IsCancellationRequested : interrupted.WaitHandle.WaitOne(SameTime);

    private Summary[] Kept() => _underWay.Count == 0 ? [.. _ended] : [.. _ended, UnderWay()];

    /// <summary>As BenchmarkDotNet would have, had the suite ended here; with its files.</summary>
    private Summary UnderWay()
    {
        var config = _underWay[0].BenchmarkCase.Config;
        var results = config.Options.HasFlag(ConfigOptions.DontOverwriteResults) ? DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) : "results";
        var summary = new Summary(
            _underWay[0].BenchmarkCase.Descriptor.Type.FullName!,
            [.. _underWay],
            HostEnvironmentInfo.GetCurrent(),
            Directory.CreateDirectory(Path.Combine(config.ArtifactsPath, results)).FullName,
            Directory.EnumerateFiles(config.ArtifactsPath, "*.log").MaxBy(File.GetLastWriteTimeUtc) ?? config.ArtifactsPath,
            TimeSpan.Zero,
            config.CultureInfo ?? CultureInfo.InvariantCulture,
            validationErrors: [],
            columnHidingRules: []);
        foreach (var exporter in config.GetExporters()) exporter.ExportToFiles(summary, NullLogger.Instance);
        return summary;
    }
}

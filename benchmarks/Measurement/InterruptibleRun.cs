using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;

namespace Downloader.Benchmarks.Measurement;

/// <summary>A run that can be interrupted: the case under way is lost, those before it are kept.</summary>
/// <remarks>BenchmarkDotNet ends the case's process at Ctrl-C by itself, and would go on with the next. An exception from here is what stops it;
/// its summary of the unfinished suite, and the cleaning up after an unfinished build, are made here instead.</remarks>
/// <param name="progress">SentenceFragments of all that ended by itself.</param>
/// <param name="interrupted">Interrupts.</param>
internal sealed class InterruptibleRun(RunProgress progress, CancellationToken interrupted) : EventProcessor
{
    /// <summary>Ctrl-C reaches a case and this process at the same time: by how much the news of the one may be ahead of the other.</summary>
    private static readonly TimeSpan SignalSkew = TimeSpan.FromSeconds(0.3);

    private readonly List<Summary> _finished = [];
    private readonly List<BenchmarkReport> _unfinished = [];
    private readonly List<string> _generated = [];

    /// <summary>Runs the cases, whose configuration must have this event processor.</summary>
    /// <returns>A summary per suite; of an interrupted run, with the cases that had ended.</returns>
    public Summary[] Run(BenchmarkRunInfo[] suites)
    {
        try
        {
            using var told = interrupted.Register(progress.OnInterrupt);
            return BenchmarkRunner.Run(suites);
        }
        catch (Exception) when (interrupted.IsCancellationRequested)
        {
            if (!suites[0].Config.Options.HasFlag(ConfigOptions.KeepBenchmarkFiles)) DeleteGenerated();
            return _unfinished.Count == 0 ? [.. _finished] : [.. _finished, SummaryOfUnfinishedSuite()];
        }
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions) => progress.OnStartBuildStage(partitions);

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        _generated.AddRange(buildResult.ArtifactsToCleanup ?? []);
        ThrowIfInterrupted(buildResult.IsBuildSuccess);
        progress.OnBuildComplete(partition, buildResult);
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
        ThrowIfInterrupted(report.Success);
        _unfinished.Add(report);
        progress.OnEndRunBenchmark(benchmarkCase, report);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmarksInType(Type type, Summary summary)
    {
        _finished.Add(summary);
        _unfinished.Clear();
    }

    /// <summary>What ended badly may have been interrupted: waits for the news.</summary>
    private void ThrowIfInterrupted(bool endedWell)
    {
        if (!endedWell) interrupted.WaitHandle.WaitOne(SignalSkew);
        interrupted.ThrowIfCancellationRequested();
    }

    /// <summary>As BenchmarkDotNet would have made it, had the suite ended here; with its files.</summary>
    private Summary SummaryOfUnfinishedSuite()
    {
        var config = _unfinished[0].BenchmarkCase.Config;
        var now = DateTime.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var summary = new Summary(
            $"{_unfinished[0].BenchmarkCase.Descriptor.Type.FullName}-{now}",
            [.. _unfinished],
            HostEnvironmentInfo.GetCurrent(),
            _finished.FirstOrDefault()?.ResultsDirectoryPath ?? ResultsFolder(config),
            _finished.FirstOrDefault()?.LogFilePath ?? Newest(Directory.EnumerateFiles(config.ArtifactsPath, "*.log")) ?? "",
            TimeSpan.Zero,
            config.CultureInfo ?? CultureInfo.InvariantCulture,
            validationErrors: [],
            [.. config.GetColumnHidingRules()]);
        // Each exporter works while its files are asked for.
        _ = config.GetCompositeExporter().ExportToFiles(summary, config.GetCompositeLogger()).Count();
        return summary;
    }

    /// <summary>The one that BenchmarkDotNet has made; with --noOverwrite it bears the time of the start.</summary>
    private static string ResultsFolder(ImmutableConfig config) =>
        config.Options.HasFlag(ConfigOptions.DontOverwriteResults) && Newest(Directory.EnumerateDirectories(config.ArtifactsPath)) is { } dated
            ? dated
            : Path.Combine(config.ArtifactsPath, "results");

    private static string? Newest(IEnumerable<string> paths) => paths.MaxBy(File.GetLastWriteTimeUtc);

    /// <summary>The build that was ended may still be at it for a moment.</summary>
    private void DeleteGenerated()
    {
        for (var attempt = 0; attempt < 10 && _generated.Exists(Path.Exists); attempt++)
        {
            try
            {
                foreach (var path in _generated.Where(File.Exists)) File.Delete(path);
                foreach (var path in _generated.Where(Directory.Exists)) Directory.Delete(path, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(100);
            }
        }
    }
}

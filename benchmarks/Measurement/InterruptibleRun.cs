using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>A run that can end early: the case under way is lost, those before it are kept.</summary>
/// <remarks>At Ctrl-C BenchmarkDotNet ends the process of the case, and would go on with the next. An exception from here is what stops it;
/// the summary of the unfinished suite is then made here.</remarks>
/// <param name="progress">Shows each case that ended by itself.</param>
/// <param name="diagnoser">Prepares the server for each case.</param>
/// <param name="interrupted">Interrupts the run.</param>
internal sealed class InterruptibleRun(RunProgress progress, ServerAuditDiagnoser diagnoser, CancellationToken interrupted) : EventProcessor
{
    /// <summary>Ctrl-C reaches the process of a case and this process at the same time: by how much the one may react before the
    /// other.</summary>
    private static readonly TimeSpan SignalSkew = TimeSpan.FromSeconds(0.3);

    private readonly List<Summary> _finished = [];
    private readonly List<BenchmarkReport> _unfinished = [];

    /// <summary>Why the run ended early, in one line; null when it did not, or was interrupted.</summary>
    public string? Failure { get; private set; }

    /// <summary>Runs the cases, whose configuration must have this event processor.</summary>
    /// <returns>A summary for each suite; of a run that ended early, with the cases that had ended.</returns>
    public Summary[] Run(BenchmarkRunInfo[] suites)
    {
        using var registration = interrupted.Register(() =>
        {
            progress.OnInterrupt();
            diagnoser.KillProcess();
        });
        try
        {
            return BenchmarkRunner.Run(suites);
        }
        catch (Exception) when (interrupted.IsCancellationRequested)
        {
            return SummariesSoFar();
        }
        catch (MockServerControlException e)
        {
            Failure = $"The run ended early: {diagnoser.ExplainFailure(e)}";
            return SummariesSoFar();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = $"The run ended early, its files cannot be written: {e.Message}";
            return SummariesSoFar();
        }
    }

    /// <inheritdoc/>
    public override void OnStartBuildStage(IReadOnlyList<BuildPartition> partitions) => progress.OnStartBuildStage(partitions);

    /// <inheritdoc/>
    public override void OnBuildComplete(BuildPartition partition, BuildResult buildResult)
    {
        ThrowIfInterrupted(buildResult.IsBuildSuccess);
        progress.OnBuildComplete(partition, buildResult);
    }

    /// <inheritdoc/>
    public override void OnStartRunStage() => progress.OnStartRunStage();

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        interrupted.ThrowIfCancellationRequested();
        diagnoser.PrepareServer(benchmarkCase);
        progress.OnStartRunBenchmark(benchmarkCase);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        ThrowIfInterrupted(report.Success);
        if (!report.Success) diagnoser.ThrowIfServerFailed();
        _unfinished.Add(report);
        progress.OnEndRunBenchmark(benchmarkCase, report);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmarksInType(Type type, Summary summary)
    {
        _finished.Add(summary);
        _unfinished.Clear();
    }

    /// <summary>A case or build that failed may have been interrupted: waits for the signal.</summary>
    private void ThrowIfInterrupted(bool succeeded)
    {
        if (!succeeded) interrupted.WaitHandle.WaitOne(SignalSkew);
        interrupted.ThrowIfCancellationRequested();
    }

    private Summary[] SummariesSoFar() => _unfinished.Count == 0 ? [.. _finished] : [.. _finished, SummaryOfUnfinishedSuite()];

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
        try
        {
            // Each exporter works while its files are asked for.
            _ = config.GetCompositeExporter().ExportToFiles(summary, config.GetCompositeLogger()).Count();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure ??= $"The reports of BenchmarkDotNet cannot be written: {e.Message}";
        }

        return summary;
    }

    /// <summary>The one that BenchmarkDotNet has made; with --noOverwrite its name is the time of the start.</summary>
    private static string ResultsFolder(ImmutableConfig config)
    {
        var isDated = config.Options.HasFlag(ConfigOptions.DontOverwriteResults);
        var newest = isDated ? Newest(Directory.EnumerateDirectories(config.ArtifactsPath)) : null;
        return newest ?? Path.Combine(config.ArtifactsPath, "results");
    }

    private static string? Newest(IEnumerable<string> paths) => paths.MaxBy(File.GetLastWriteTimeUtc);
}

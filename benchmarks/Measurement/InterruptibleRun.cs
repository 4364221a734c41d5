using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Measurement;

/// <summary>A run that can end early: the process under way is lost, those before it are kept.</summary>
/// <remarks>At Ctrl-C BenchmarkDotNet ends the process of the case, and would go on with the next. An exception from here is what stops
/// it.</remarks>
/// <param name="progress">Shows each case that ended by itself.</param>
/// <param name="diagnoser">Prepares the server for each case.</param>
/// <param name="interrupted">Interrupts the run.</param>
/// <param name="roundGate">Says when each round may begin; null to begin it at once.</param>
internal sealed class InterruptibleRun(
    RunProgress progress, ServerAuditDiagnoser diagnoser, CancellationToken interrupted, RoundGate? roundGate = null) : EventProcessor
{
    /// <summary>Ctrl-C reaches the process of a case and this process at the same time: by how much the one may react before the
    /// other.</summary>
    private static readonly TimeSpan SignalSkew = TimeSpan.FromSeconds(0.3);

    private readonly List<Summary> _finished = [];
    private readonly List<BenchmarkReport> _unfinished = [];
    private readonly HashSet<(Type Suite, int Round)> _begunRounds = [];
    private RoundSchedule? _schedule;

    /// <summary>Why the run ended early, in one line; null when it did not, or was interrupted.</summary>
    public string? Failure { get; private set; }

    /// <summary>How many scheduled cases have ended by themselves.</summary>
    public int EndedProcesses { get; private set; }

    /// <summary>Runs the scheduled cases, whose configuration must have this event processor.</summary>
    /// <returns>The suites; of a run that ended early, with the processes that had ended.</returns>
    public IReadOnlyList<MeasuredSuite> Run(RoundSchedule schedule)
    {
        _schedule = schedule;
        using var registration = interrupted.Register(() =>
        {
            progress.OnInterrupt();
            diagnoser.KillProcess();
        });
        return MergeRounds(schedule, Measure(schedule.Suites));
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
        var isFirstOfRound = _begunRounds.Add((benchmarkCase.Descriptor.Type, _schedule!.GetRound(benchmarkCase)));
        if (isFirstOfRound) roundGate?.Wait(interrupted);
        diagnoser.PrepareServer(benchmarkCase);
        progress.OnStartRunBenchmark(benchmarkCase);
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report)
    {
        ThrowIfInterrupted(report.Success);
        if (!report.Success) diagnoser.ThrowIfServerFailed();
        _unfinished.Add(report);
        EndedProcesses++;
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

    /// <returns>A summary for each suite that ended, with a report a process.</returns>
    private IReadOnlyList<Summary> Measure(BenchmarkRunInfo[] suites)
    {
        try
        {
            return BenchmarkRunner.Run(suites);
        }
        catch (Exception) when (interrupted.IsCancellationRequested)
        {
            return _finished;
        }
        catch (MockServerControlException e)
        {
            Failure = $"The run ended early: {diagnoser.ExplainFailure(e)}";
            return _finished;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = $"The run ended early, its files cannot be written: {e.Message}";
            return _finished;
        }
    }

    /// <summary>One summary a suite, with one report a case; of suites that ended as of the one under way.</summary>
    private List<MeasuredSuite> MergeRounds(RoundSchedule schedule, IReadOnlyList<Summary> summaries)
    {
        var merger = new RoundMerger(schedule, diagnoser);
        List<MeasuredSuite> suites = [];
        foreach (var summary in summaries)
        {
            // Without a report BenchmarkDotNet has rejected the run as invalid, and the summary says why.
            suites.Add(summary.Reports.Length == 0
                ? new MeasuredSuite(summary, [], IsUnfinished: true)
                : merger.Merge(summary.Reports, summary, fallback: null, KeepFailure));
        }

        if (_unfinished.Count > 0) suites.Add(merger.Merge(_unfinished, raw: null, summaries.Count > 0 ? summaries[0] : null, KeepFailure));
        return suites;

        void KeepFailure(string failure) => Failure ??= failure;
    }
}

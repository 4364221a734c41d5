using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>The figures of a case over the iterations of all its processes: the one place that sums iterations up.</summary>
/// <param name="result">The case.</param>
public sealed class CaseFigures(CaseResult result)
{
    private readonly IReadOnlyList<IterationResult> _iterations = [.. result.Processes.SelectMany(process => process.Iterations)];

    /// <summary>The makespan of each iteration; empty when the case failed to run.</summary>
    public IReadOnlyList<double> MakespansMs => field ??= [.. _iterations.Select(iteration => iteration.MakespanMs)];

    /// <summary>The makespans of each process, in the order they were measured.</summary>
    public IReadOnlyList<IReadOnlyList<double>> MakespansByProcess =>
        [.. result.Processes.Select(process => process.Iterations.Select(iteration => iteration.MakespanMs).ToArray())];

    /// <summary>The median makespan of each round's process. Should a round have several, their median.</summary>
    public IReadOnlyDictionary<int, double> MediansByRound => result.Processes.Where(process => process.Iterations.Count > 0)
        .GroupBy(process => process.Round, process => process.Iterations.Select(iteration => iteration.MakespanMs).Median())
        .ToDictionary(round => round.Key, round => round.Median());

    /// <summary>Processor time per download, the median of each round's process; without the rounds in which it is not known.</summary>
    public IReadOnlyDictionary<int, double> CpuMsByRound => ByRound(iteration => iteration.CpuMs / result.Downloads);

    /// <summary>Bytes allocated per download, in the same way.</summary>
    public IReadOnlyDictionary<int, double> AllocatedBytesByRound =>
        ByRound(iteration => (double?)iteration.AllocatedBytes / result.Downloads);

    /// <summary>The first run of the case in a fresh process: the median over its processes.</summary>
    public double? FirstMs =>
        result.Processes.Select(process => process.FirstMs).OfType<double>().ToArray() is { Length: > 0 } known ? known.Median() : null;

    /// <summary>Median ideal schedule.</summary>
    public double? IdealMs => Median(iteration => iteration.IdealMs);

    /// <summary>The ideal schedule over the makespan: the median over the iterations.</summary>
    public double? IdealShare => Median(iteration => iteration.IdealMs / iteration.MakespanMs);

    /// <summary>Median service time that the server logged.</summary>
    public double? ServiceTimeMs => Median(iteration => iteration.ServiceTimeMs);

    /// <summary>Median latency that was asked of the server.</summary>
    public double? LatencyMs => Median(iteration => iteration.LatencyMs);

    /// <summary>By how much the server was late.</summary>
    public double? ServerDelayMs => Median(iteration => iteration.ServerDelayMs);

    /// <summary>Requests in flight on average.</summary>
    public double? MeanInFlight => Median(iteration => iteration.MeanInFlight);

    /// <summary>The most requests in flight at once in any iteration.</summary>
    public int? PeakInFlight => _iterations.Max(iteration => iteration.PeakInFlight);

    /// <summary>The most connections in any iteration.</summary>
    public int? Connections => _iterations.Max(iteration => iteration.Connections);

    /// <summary>Requests per iteration, retries included: the mean.</summary>
    public double? Attempts => Mean(iteration => iteration.Attempts);

    /// <summary>Downloads per iteration that failed, the mean, as the client reported them for every iteration.</summary>
    public double? ReportedFailures => Mean(iteration => iteration.Failed);

    /// <summary>Why they failed, with the mean count per iteration.</summary>
    public IReadOnlyDictionary<string, double> FailureReasons => _iterations
        .SelectMany(iteration => iteration.FailureReasons ?? new Dictionary<string, int>())
        .GroupBy(reason => reason.Key)
        .ToDictionary(reason => reason.Key, reason => (double)reason.Sum(count => count.Value) / _iterations.Count);

    /// <summary>Requests per iteration that the server ended so, the mean; null without an audit.</summary>
    public double? CountOf(RequestOutcome outcome) => Mean(iteration => iteration.Outcomes?.GetValueOrDefault(outcome));

    /// <summary>Mean service time of the requests that were not refused, the median over the iterations. Refusals take next to none, and a
    /// request that meets a fault takes as long as one that is served. Waits for the server's capacity are part of it.</summary>
    public double? MeanServiceTimeMs => Median(iteration =>
        iteration.Attempts - iteration.Outcomes?.Where(one => one.Key.IsRefusal()).Sum(one => one.Value) is > 0 and { } answered
            ? iteration.MeanInFlight * iteration.MakespanMs / answered
            : null);

    /// <summary>Bytes the client allocated per download.</summary>
    public double? AllocatedBytesPerDownload => Median(iteration => (double?)iteration.AllocatedBytes / result.Downloads);

    /// <summary>Processor time of the client's process per download.</summary>
    public double? CpuMsPerDownload => Median(iteration => iteration.CpuMs / result.Downloads);

    /// <summary>Largest resident memory of the client's process.</summary>
    public long? PeakMemoryBytes => _iterations.Max(iteration => iteration.PeakMemoryBytes);

    /// <summary>The median of each round's process, positive as a logarithm needs it.</summary>
    private Dictionary<int, double> ByRound(Func<IterationResult, double?> figure) => result.Processes
        .Where(process => process.Iterations.Count > 0 && process.Iterations.All(iteration => figure(iteration) > 0))
        .GroupBy(process => process.Round, process => process.Iterations.Select(iteration => figure(iteration)!.Value).Median())
        .ToDictionary(round => round.Key, round => round.Median());

    private double? Median(Func<IterationResult, double?> figure) => Known(figure) is { Count: > 0 } known ? known.Median() : null;

    private double? Mean(Func<IterationResult, double?> figure) => Known(figure) is { Count: > 0 } known ? known.Average() : null;

    /// <summary>The figure of every iteration; nothing unless all iterations have it, since a part does not stand for the whole.</summary>
    private List<double> Known(Func<IterationResult, double?> figure)
    {
        var known = _iterations.Select(figure).OfType<double>().ToList();
        return known.Count == _iterations.Count ? known : [];
    }
}

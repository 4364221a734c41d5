using Downloader.Benchmarks.Audit;
using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Measurement;

/// <summary>The figures that the server's log gives of an iteration, and those that the client reports of it.</summary>
internal static class ServerMetrics
{
    /// <summary>The iteration with all its figures.</summary>
    /// <param name="makespanMs">How long it took.</param>
    /// <param name="requests">Its requests, in order of arrival.</param>
    /// <param name="ideal">The ideal schedule.</param>
    /// <param name="report">What the client reports; null for nothing.</param>
    public static IterationResult Create(
        double makespanMs,
        IReadOnlyList<RequestRecord> requests,
        TimeSpan ideal,
        ClientIterationReport? report)
    {
        var busy = requests.Sum(request => request.ServiceTime.TotalMilliseconds);
        return new IterationResult
        {
            MakespanMs = makespanMs,
            IdealMs = Round(ideal.TotalMilliseconds),
            ServiceTimeMs = MedianMs(requests, request => request.ServiceTime),
            LatencyMs = MedianMs(requests, request => request.Latency),
            ServerDelayMs = MedianMs(requests, request => request.ServiceTime - request.Queued - request.Latency),
            MeanInFlight = Round(busy / makespanMs),
            PeakInFlight = ConcurrencyCalculator.Peak(requests),
            Connections = requests.DistinctBy(request => request.Connection).Count(),
            Attempts = requests.Count,
            Outcomes = requests.CountBy(request => request.Outcome).ToDictionary(),
            Failed = report?.Failed,
            FailureReasons = report?.Failures,
            AllocatedBytes = report?.AllocatedBytes,
            CpuMs = report?.CpuMilliseconds,
            PeakMemoryBytes = report?.PeakMemoryBytes,
        };
    }

    /// <summary>To a tenth of a microsecond, far below what the clocks resolve together: more digits would only fill the file.</summary>
    public static double Round(double value) => Math.Round(value, 4);

    private static double? MedianMs(IReadOnlyList<RequestRecord> requests, Func<RequestRecord, TimeSpan> time) =>
        requests.Count == 0 ? null : Round(requests.Select(request => time(request).TotalMilliseconds).Median());
}

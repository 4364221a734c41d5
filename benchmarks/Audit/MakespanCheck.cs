using System.Globalization;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Compares the client's makespans with the server's log.</summary>
public static class MakespanCheck
{
    /// <summary>Milliseconds by which two readings of two clocks may differ, however short the iteration.</summary>
    private const double ReadingTolerance = 0.5;

    /// <summary>By how much, relative to the time that passes, the clocks of two machines may drift apart: 50 ppm, the usual tolerance of a
    /// computer's quartz. It matters when the server runs on another machine.</summary>
    private const double ClockDrift = 50e-6;

    /// <summary>As many iterations were measured as logged, and none was shorter than the server was busy with it.</summary>
    /// <param name="iterations">The requests of each iteration.</param>
    /// <param name="makespans">The client's makespans, milliseconds.</param>
    /// <returns>A sentence for each difference; empty when there is none.</returns>
    public static IEnumerable<string> Check(IReadOnlyList<IReadOnlyList<RequestRecord>> iterations, IReadOnlyList<double> makespans)
    {
        ArgumentNullException.ThrowIfNull(iterations);
        ArgumentNullException.ThrowIfNull(makespans);
        if (iterations.Count != makespans.Count)
            return [$"Expected {makespans.Count} iterations, as many as were measured; the server's log has {iterations.Count}."];
        return iterations.Select((requests, index) => CheckIteration(index + 1, requests, makespans[index])).OfType<string>();
    }

    private static string? CheckIteration(int number, IReadOnlyList<RequestRecord> requests, double makespan)
    {
        if (requests.Count == 0) return null;
        var busy = (requests.Max(request => request.AnswerBegan) - requests.Min(request => request.Arrived)).TotalMilliseconds;
        if (busy <= makespan + ReadingTolerance + ClockDrift * makespan) return null;
        var times = string.Create(CultureInfo.InvariantCulture, $"no longer than the {makespan:0.0} ms measured, it was for {busy:0.0} ms");
        return $"Iteration {number}: expected the server to be busy for {times}: the strategy returned too early.";
    }
}

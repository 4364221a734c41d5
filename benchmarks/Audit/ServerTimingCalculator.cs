using Downloader.Benchmarks.Results;
using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Calculates how far the server kept to the latencies that the scenario asked of it.</summary>
public static class ServerTimingCalculator
{
    /// <summary>The timing of the requests that were answered with their page; the others are not held back by the whole latency.</summary>
    /// <returns>Null when there is no such request.</returns>
    public static ServerTiming? Calculate(IEnumerable<RequestRecord> requests)
    {
        var served = requests.Where(request => request.Outcome == RequestOutcome.Served).ToList();
        if (served.Count == 0) return null;
        var seen = served.Select(request => request.ObservedLatency).ToList();
        var delays = served.Zip(seen, (request, time) => (time - request.Latency).TotalMilliseconds).Order().ToList();
        return new ServerTiming(
            Median.Of(served.Select(request => request.Latency.TotalMilliseconds)),
            Median.Of(seen.Select(time => time.TotalMilliseconds)),
            Median.Of(delays),
            // Nearest rank.
            delays[(int)Math.Ceiling(0.95 * delays.Count) - 1]);
    }
}

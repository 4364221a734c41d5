using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>How many requests were in flight, from when each arrived and was completed.</summary>
public static class ConcurrencyCalculator
{
    /// <summary>The most at any moment. A request completed at the very moment another arrives is not in flight with it.</summary>
    public static int Peak(IEnumerable<RequestRecord> requests)
    {
        var completions = new PriorityQueue<TimeSpan, TimeSpan>();
        var peak = 0;
        foreach (var request in requests.OrderBy(request => request.Arrived))
        {
            while (completions.TryPeek(out var completed, out _) && completed <= request.Arrived) completions.Dequeue();
            completions.Enqueue(request.Completed, request.Completed);
            peak = Math.Max(peak, completions.Count);
        }

        return peak;
    }
}

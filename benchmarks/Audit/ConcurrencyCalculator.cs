using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Calculates how many requests were in flight, from their arrivals and completions.</summary>
public static class ConcurrencyCalculator
{
    /// <summary>The largest number at any moment. A request that is completed at the moment another one arrives is not in flight with
    /// it.</summary>
    public static int Peak(IEnumerable<RequestRecord> requests)
    {
        var completions = new PriorityQueue<TimeSpan, TimeSpan>();
        var peak = 0;
        foreach (var request in requests.OrderBy(request => request.Arrived))
        {
            while (completions.TryPeek(out var completed, out _) && completed <= request.Arrived) completions.Dequeue();
            completions.Enqueue(request.AnswerBegan, request.AnswerBegan);
            peak = Math.Max(peak, completions.Count);
        }

        return peak;
    }
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Audit;

/// <summary>Calculates how many requests were in flight, from their arrivals and completions.</summary>
public static class ConcurrencyCalculator
{
    /// <summary>The largest number at any moment. A request that is completed at the moment another one arrives is not in flight with
    /// it.</summary>
    public static int Peak(IEnumerable<RequestRecord> requests) =>
        AtArrivals(requests.OrderBy(request => request.Arrived)).DefaultIfEmpty().Max();

    /// <summary>The number at each arrival, the request that arrives included.</summary>
    /// <param name="requests">In order of arrival.</param>
    internal static IEnumerable<int> AtArrivals(IEnumerable<RequestRecord> requests)
    {
        var completions = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var request in requests)
        {
            while (completions.TryPeek(out var completed, out _) && completed <= request.Arrived) completions.Dequeue();
            completions.Enqueue(request.AnswerBegan, request.AnswerBegan);
            yield return completions.Count;
        }
    }
}

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>How many requests were in flight, from their starts and ends.</summary>
internal static class InFlightSweep
{
    /// <summary>For each request, how many were in flight when it was sent, itself included. One that ends at that moment is not.</summary>
    /// <param name="requests">The requests, in the order in which they were sent.</param>
    public static int[] Count(IReadOnlyList<ImportedRequest> requests)
    {
        var counts = new int[requests.Count];
        var ends = new PriorityQueue<ImportedRequest, DateTimeOffset>();
        for (var index = 0; index < requests.Count; index++)
        {
            var request = requests[index];
            while (ends.TryPeek(out _, out var end) && end <= request.Sent) ends.Dequeue();
            ends.Enqueue(request, request.Ended);
            counts[index] = ends.Count;
        }

        return counts;
    }
}

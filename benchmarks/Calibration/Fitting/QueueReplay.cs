namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>What a server that serves so many requests at once, in the order in which they come, must have done with them.</summary>
/// <remarks>Of C places, one is free for a request when at most C − 1 of the requests before it have not ended: that is the moment at which
/// the C-th latest of their ends has passed. The recursion of Kiefer and Wolfowitz ("On the theory of queues with many servers", 1955) says
/// the same of waiting times; here the ends are known and the service times are wanted.</remarks>
internal static class QueueReplay
{
    /// <summary>For each request, since when a place was free for it; minus infinity where one always was.</summary>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    /// <param name="capacity">How many it serves at once.</param>
    public static double[] GetFreeTimes(IReadOnlyList<FitRequest> accepted, int capacity)
    {
        var free = new double[accepted.Count];
        var latest = new PriorityQueue<double, double>(capacity + 1);
        for (var i = 0; i < free.Length; i++)
        {
            free[i] = latest.Count < capacity ? double.NegativeInfinity : latest.Peek();
            var ended = accepted[i].Ended;
            latest.Enqueue(ended, ended);
            if (latest.Count > capacity) latest.Dequeue();
        }

        return free;
    }

    /// <summary>The most requests that the server had at a time.</summary>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    public static int GetMaxInFlight(IReadOnlyList<FitRequest> accepted)
    {
        var most = 0;
        var ends = new PriorityQueue<double, double>();
        foreach (var request in accepted)
        {
            while (ends.TryPeek(out var end, out _) && end <= request.Arrived) ends.Dequeue();
            ends.Enqueue(request.Ended, request.Ended);
            most = Math.Max(most, ends.Count);
        }

        return most;
    }
}

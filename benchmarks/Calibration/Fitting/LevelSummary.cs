namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>What was seen with each number of workers.</summary>
internal static class LevelSummary
{
    /// <summary>The figures of each number of workers, in rising order; where workers are not known, of each number of requests in
    /// flight.</summary>
    /// <param name="observations">What was seen.</param>
    public static IReadOnlyList<LevelFigures> Create(Observations observations)
    {
        return
        [
            .. observations.Requests.Zip(GetWorkers(observations), (request, workers) => (request, workers))
                .Where(pair => pair.workers > 0)
                .GroupBy(pair => pair.workers, pair => pair.request)
                .OrderBy(group => group.Key)
                .Select(group => Summarise(group.Key, [.. group])),
        ];
    }

    /// <summary>For each request the number of workers or, where that is not known, of requests in flight; 0 where neither is.</summary>
    /// <param name="observations">What was seen.</param>
    public static int[] GetWorkers(Observations observations)
    {
        var requests = observations.Requests;
        var isStaircase = requests.Any(request => request.Workers > 0);
        if (!isStaircase && observations.HasPreciseTimes) return CountInFlight(requests);
        return [.. requests.Select(request => request.Workers)];
    }

    private static LevelFigures Summarise(int workers, List<ObservedRequest> requests)
    {
        var durations = requests.Where(request => request.Outcome == ObservedOutcome.Succeeded)
            .Select(request => request.Duration).Order().ToList();
        var refused = requests.Count(request => request.Outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited);
        var median = durations.Count == 0 ? 0 : durations[durations.Count / 2].TotalMilliseconds;
        // By Little's law; a level's own time has gaps, such as a wait that the server asked for.
        var mean = durations.Count == 0 ? 0 : durations.Average(duration => duration.TotalSeconds);
        var perSecond = mean > 0 ? workers / mean : 0;
        return new LevelFigures(workers, requests.Count, refused, perSecond, median);
    }

    private static int[] CountInFlight(IReadOnlyList<ObservedRequest> requests)
    {
        var counts = new int[requests.Count];
        var ends = new PriorityQueue<TimeSpan, TimeSpan>();
        for (var i = 0; i < counts.Length; i++)
        {
            while (ends.TryPeek(out var end, out _) && end <= requests[i].Sent) ends.Dequeue();
            ends.Enqueue(requests[i].Ended, requests[i].Ended);
            counts[i] = ends.Count;
        }

        return counts;
    }
}

namespace Downloader.Benchmarks.Audit;

/// <summary>Calculates the makespan of W workers without overhead.</summary>
/// <remarks>
/// List scheduling (Graham 1966, "Bounds for certain multiprocessing anomalies"): requests in the order given, each taken by the worker
/// that is free first: start(k) = the W-th latest end among requests 0 … k−1, end(k) = start(k) + duration(k), makespan = max end(k).
/// A strategy that keeps at most W requests in flight, started in this order, cannot start any of them earlier: by induction over k, each
/// start is at least the ideal one. So the ideal schedule over the order of arrival is never longer than what was measured, but for clock
/// noise.
/// </remarks>
public static class IdealSchedule
{
    /// <summary>The makespan of the ideal schedule.</summary>
    /// <param name="durations">How long each request takes, in the order they are started.</param>
    /// <param name="workers">W, 1 or more.</param>
    /// <returns>Zero for an empty list.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 worker.</exception>
    public static TimeSpan Makespan(IEnumerable<TimeSpan> durations, int workers)
    {
        ArgumentNullException.ThrowIfNull(durations);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var busyUntil = new PriorityQueue<TimeSpan, TimeSpan>();
        var makespan = TimeSpan.Zero;
        foreach (var duration in durations)
        {
            var start = busyUntil.Count < workers ? TimeSpan.Zero : busyUntil.Dequeue();
            var end = start + duration;
            busyUntil.Enqueue(end, end);
            if (end > makespan) makespan = end;
        }

        return makespan;
    }
}

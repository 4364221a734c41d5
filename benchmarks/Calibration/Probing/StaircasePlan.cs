namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The levels of workers that a calibration climbs, and how many requests each gets.</summary>
internal static class StaircasePlan
{
    private const double MaxScale = 4;

    /// <summary>With less than this share of the requests that a level should have, every second level is left out.</summary>
    private const double TightScale = 0.6;

    private static readonly int[] Steps = [2, 3, 4, 6, 8, 12, 16, 24, 32];

    /// <summary>The levels above one worker, up to the most.</summary>
    public static IReadOnlyList<int> GetLevels(int maxWorkers)
    {
        var levels = Steps.Where(level => level <= maxWorkers).ToList();
        while (levels.Count > 0 && levels[^1] >= Steps[^1] && levels[^1] * 2 <= maxWorkers) levels.Add(levels[^1] * 2);
        if (maxWorkers > 1 && (levels.Count == 0 || levels[^1] < maxWorkers)) levels.Add(maxWorkers);
        return levels;
    }

    /// <summary>The next level, so that those above it get their share of what is left.</summary>
    /// <param name="levels">The levels that are left, the lowest first; at least one.</param>
    /// <param name="requestsLeft">How many requests may be sent.</param>
    /// <param name="timeLeft">How much time there is.</param>
    /// <param name="duration">The usual duration of a request.</param>
    /// <param name="maxThroughput">The most requests per second that the server can serve, as far as that is seen; null where it has
    /// always risen with the workers.</param>
    public static ProbeStage GetNext(
        IReadOnlyList<int> levels, int requestsLeft, TimeSpan timeLeft, TimeSpan duration, double? maxThroughput)
    {
        var scale = GetScale(levels, requestsLeft, timeLeft, duration, maxThroughput);
        var skipsOne = scale < TightScale && levels.Count > 1;
        if (!skipsOne) return new ProbeStage(levels[0], GetRequests(levels[0], scale));
        // The highest level stays: it is the last of every second one, counted from above.
        var kept = levels.Reverse().Where((_, index) => index % 2 == 0).Reverse().ToList();
        return new ProbeStage(kept[0], GetRequests(kept[0], GetScale(kept, requestsLeft, timeLeft, duration, maxThroughput)));
    }

    /// <summary>Each worker sends at least one request, and some a second one.</summary>
    private static int GetRequests(int level, double scale) => Math.Max(level + 2, (int)(GetWanted(level) * scale));

    private static int GetWanted(int level) => Math.Max(12, 2 * level);

    private static double GetScale(
        IReadOnlyList<int> levels, int requestsLeft, TimeSpan timeLeft, TimeSpan duration, double? maxThroughput)
    {
        var requests = levels.Sum(GetWanted);
        var seconds = levels.Sum(level =>
            GetWanted(level) / Math.Min(level / duration.TotalSeconds, maxThroughput ?? double.PositiveInfinity));
        return Math.Min(MaxScale, Math.Min((double)requestsLeft / requests, timeLeft.TotalSeconds / seconds));
    }
}

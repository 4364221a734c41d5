namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A limit on the requests that a server has at a time, those that wait included.</summary>
/// <param name="Limit">The most that it accepts.</param>
/// <param name="Contradictions">How many requests were treated otherwise.</param>
internal sealed record RefusalFit(Interval Limit, int Contradictions)
{
    /// <summary>An answer may have been on its way for so long.</summary>
    private const double SlackMs = 5;

    /// <summary>The limit that contradicts the fewest requests.</summary>
    /// <remarks>A request is refused when exactly as many as the limit are at the server. The client counts those too whose answers are on
    /// their way, so that the fewest at a refusal is the limit or slightly more; and it never sees more accepted than the limit, except by
    /// such answers.</remarks>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static RefusalFit Fit(FitRequest[] requests)
    {
        var counts = Count(requests);
        var best = Enumerable.Range(1, counts.Max(count => count.AtMost) + 1)
            .Select(limit => (Limit: limit, Contradictions: counts.Count(count => count.Contradicts(limit))))
            .OrderBy(candidate => candidate.Contradictions)
            .ThenByDescending(candidate => candidate.Limit)
            .ToList();
        var equal = best.TakeWhile(candidate => candidate.Contradictions == best[0].Contradictions).ToList();
        var interval = new Interval(best[0].Limit, equal.Min(candidate => candidate.Limit), best[0].Limit);
        return new RefusalFit(interval, best[0].Contradictions);
    }

    private static List<InFlight> Count(FitRequest[] requests)
    {
        var counts = new List<InFlight>(requests.Length);
        var ends = new List<double>();
        foreach (var request in requests)
        {
            ends.RemoveAll(end => end <= request.Arrived);
            counts.Add(new InFlight(ends.Count, ends.Count(end => end > request.Arrived + SlackMs), request.IsAccepted));
            if (request.IsAccepted) ends.Add(request.Ended);
        }

        return counts;
    }

    private readonly record struct InFlight(int AtMost, int AtLeast, bool IsAccepted)
    {
        public bool Contradicts(int limit) => IsAccepted ? AtLeast >= limit : AtMost < limit;
    }
}

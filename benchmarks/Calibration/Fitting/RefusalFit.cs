namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A limit on the requests that a server has at a time, those that wait included.</summary>
/// <param name="Limit">The most that it accepts.</param>
/// <param name="Contradictions">How many requests were treated otherwise.</param>
internal sealed record RefusalFit(Interval Limit, int Contradictions)
{
    /// <summary>An answer may have been on its way for so long, if that is not a large part of the time that the server takes.</summary>
    private const double MaxAnswerMs = 5;
    private const double MaxAnswerShare = 0.1;

    /// <summary>A server may count a request for so long after its answer has been read.</summary>
    private const double ReleaseMs = 0.3;

    /// <summary>The limit that contradicts the fewest requests.</summary>
    /// <remarks>A request is refused when exactly as many as the limit are at the server. The client counts those too whose answers are on
    /// their way, so that the fewest at a refusal is the limit or slightly more; and it never sees more accepted than the limit, except by
    /// such answers. Of limits that contradict equally few, the lowest is one that was seen to be full.</remarks>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static RefusalFit Fit(FitRequest[] requests)
    {
        var counts = Count(requests);
        var best = Enumerable.Range(1, counts.Max(count => count.AtMost) + 1)
            .Select(limit => (Limit: limit, Contradictions: counts.Count(count => count.Contradicts(limit))))
            .OrderBy(candidate => candidate.Contradictions)
            .ThenBy(candidate => candidate.Limit)
            .ToList();
        var equal = best.TakeWhile(candidate => candidate.Contradictions == best[0].Contradictions).ToList();
        var interval = new Interval(best[0].Limit, best[0].Limit, equal.Max(candidate => candidate.Limit));
        return new RefusalFit(interval, best[0].Contradictions);
    }

    private static List<InFlight> Count(FitRequest[] requests)
    {
        var counts = new List<InFlight>(requests.Length);
        var ends = new List<double>();
        var durations = requests.Where(request => request.IsSample).Select(request => request.Ended - request.Arrived).Order().ToList();
        var answerMs = durations.Count == 0 ? 0 : Math.Min(MaxAnswerMs, MaxAnswerShare * durations[durations.Count / 2]);
        foreach (var request in requests)
        {
            ends.RemoveAll(end => end <= request.Arrived - ReleaseMs);
            var justEnded = ends.Count(end => end <= request.Arrived);
            // The one that ended last is the worker's own, on the same connection.
            var atMost = ends.Count - Math.Min(1, justEnded);
            counts.Add(new InFlight(atMost, ends.Count(end => end > request.Arrived + answerMs), request.IsAccepted));
            if (request.IsAccepted) ends.Add(request.Ended);
        }

        return counts;
    }

    private readonly record struct InFlight(int AtMost, int AtLeast, bool IsAccepted)
    {
        public bool Contradicts(int limit) => IsAccepted ? AtLeast >= limit : AtMost < limit;
    }
}

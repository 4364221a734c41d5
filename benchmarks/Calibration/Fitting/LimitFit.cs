namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>Which limit explains the refusals: one on requests at a time, or one on requests in a time.</summary>
/// <param name="Refusal">The first, if it is that.</param>
/// <param name="Rate">The second, if it is that.</param>
internal sealed record LimitFit(RefusalFit? Refusal, RateFit? Rate)
{
    /// <summary>A limit on requests at a time that explains fewer of the refusals than this share is none.</summary>
    private const double MinExplained = 0.6;

    /// <summary>A limit that leaves more of the refusals unexplained is none at all.</summary>
    private const double MaxUnexplained = 0.5;

    /// <summary>A long log is looked at around its first refusal: each limit is tried on each request.</summary>
    private const int MaxRequests = 1_500;

    /// <summary>The limit that contradicts the fewest requests; null where none was refused.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static LimitFit? Fit(FitRequest[] requests)
    {
        if (requests.All(request => request.IsAccepted)) return null;
        var ordered = AdmissionOrder.Create(GetAroundRefusals(requests));
        var limited = ordered.Count(request => request.Outcome == ObservedOutcome.RateLimited);
        var refused = ordered.Count(request => request.Outcome == ObservedOutcome.Refused);
        var refusal = RefusalFit.Fit(ordered);
        var rate = RateFit.Fit(ordered);
        // The status says what the server means. Some answer 429 where others answer 503, and the other way round: one contradiction more
        // may be chance. A server that refuses a request although no other is in flight limits their number in a time.
        var isExplained = refusal.Contradictions <= (1 - MinExplained) * (limited + refused);
        var isRate = limited > refused
            ? !isExplained || refusal.Contradictions + 1 >= rate.Contradictions
            : CountRefusedAlone(ordered) >= 2 || rate.Contradictions + 1 < refusal.Contradictions;
        var contradictions = isRate ? rate.Contradictions : refusal.Contradictions;
        // A server may refuse for a moment, as while it starts.
        if (contradictions > MaxUnexplained * (limited + refused)) return null;
        return isRate ? new LimitFit(null, rate) : new LimitFit(refusal, null);
    }

    private static int CountRefusedAlone(FitRequest[] requests)
    {
        var (count, busyUntil) = (0, double.NegativeInfinity);
        foreach (var request in requests)
        {
            if (request.IsAccepted) busyUntil = Math.Max(busyUntil, request.Ended);
            else if (busyUntil <= request.Arrived) count++;
        }

        return count;
    }

    private static FitRequest[] GetAroundRefusals(FitRequest[] requests)
    {
        var first = Array.FindIndex(requests, request => !request.IsAccepted);
        var start = Math.Max(0, first - (MaxRequests / 2));
        return requests.Length <= MaxRequests ? requests : requests[start..Math.Min(requests.Length, start + MaxRequests)];
    }
}

namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>Which limit explains the refusals: one on requests at a time, or one on requests in a time.</summary>
/// <param name="Refusal">The first, if it is that.</param>
/// <param name="Rate">The second, if it is that.</param>
internal sealed record LimitFit(RefusalFit? Refusal, RateFit? Rate)
{
    /// <summary>A limit on requests at a time that explains fewer of the refusals than this share is none.</summary>
    private const double MinExplained = 0.6;

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
        // The status says what the server means. Some answer 429 where others answer 503, and the other way round. After a 503 many
        // requests follow with one worker less: a limit in a time would refuse some of them again.
        var isExplained = refusal.Contradictions <= (1 - MinExplained) * (limited + refused);
        var isRate = limited > refused
            ? !isExplained || refusal.Contradictions + 1 >= rate.Contradictions
            : rate.Contradictions < refusal.Contradictions;
        return isRate ? new LimitFit(null, rate) : new LimitFit(refusal, null);
    }

    private static FitRequest[] GetAroundRefusals(FitRequest[] requests)
    {
        var first = Array.FindIndex(requests, request => !request.IsAccepted);
        var start = Math.Max(0, first - (MaxRequests / 2));
        return requests.Length <= MaxRequests ? requests : requests[start..Math.Min(requests.Length, start + MaxRequests)];
    }
}

namespace Downloader.Benchmarks.Calibration;

/// <summary>Which limit explains the refusals: one on requests at a time, or one on requests in a time.</summary>
/// <param name="Refusal">The first, if it is that.</param>
/// <param name="Rate">The second, if it is that.</param>
internal sealed record LimitFit(RefusalFit? Refusal, RateFit? Rate)
{
    /// <summary>A limit on requests at a time that explains fewer of the refusals than this share is none.</summary>
    private const double MinExplained = 0.6;

    /// <summary>The limit that contradicts the fewest requests; null where none was refused.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static LimitFit? Fit(FitRequest[] requests)
    {
        var limited = requests.Count(request => request.Outcome == ObservedOutcome.RateLimited);
        var refused = requests.Count(request => request.Outcome == ObservedOutcome.Refused);
        if (limited + refused == 0) return null;
        var ordered = AdmissionOrder.Create(requests);
        var refusal = RefusalFit.Fit(ordered);
        var rate = RateFit.Fit(ordered);
        // The status says what the server means. Some answer 429 where others answer 503, and the other way round: one contradiction more
        // may be chance.
        var isExplained = refusal.Contradictions <= (1 - MinExplained) * (limited + refused);
        var isRate = limited > refused
            ? !isExplained || refusal.Contradictions + 1 >= rate.Contradictions
            : !isExplained && rate.Contradictions + 1 < refusal.Contradictions;
        return isRate ? new LimitFit(null, rate) : new LimitFit(refusal, null);
    }
}

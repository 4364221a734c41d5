namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A limit on the requests that a server accepts in a time.</summary>
/// <param name="PerSecond">The requests per second.</param>
/// <param name="Burst">The size of the token bucket; null where the server counts within a window.</param>
/// <param name="WindowSeconds">The length of the window; null for a token bucket.</param>
/// <param name="Contradictions">How many requests were treated otherwise.</param>
internal sealed record RateFit(Interval PerSecond, int? Burst, double? WindowSeconds, int Contradictions)
{
    /// <summary>What a kind of limiter must be better by than one before it, in contradictions: of kinds that explain the data equally, the
    /// first and the rounder numbers are more likely.</summary>
    private const double OtherWindow = 0.1;
    private const double Bucket = 0.3;
    private const double AnyWindow = 1.5;
    private const double PerRank = 0.2;

    /// <summary>The limiter that contradicts the fewest requests.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static RateFit Fit(FitRequest[] requests)
    {
        var usual = WindowFit.FitUsual(requests).Select((fit, index) => (fit, Handicap: index * OtherWindow));
        var any = WindowFit.FitAny(requests).Select(fit => (fit, Handicap: AnyWindow));
        return usual.Append((fit: BucketFit.Fit(requests), Handicap: Bucket)).Concat(any)
            .MinBy(candidate => candidate.fit.Contradictions + candidate.Handicap
                + (PerRank * GetRank(candidate.fit))).fit;
    }

    private static double GetRank(RateFit fit)
    {
        var number = fit.PerSecond.Value * (fit.WindowSeconds ?? 1);
        var rank = RoundNumber.GetRank(number);
        return fit.Burst is { } burst ? (rank + RoundNumber.GetRank(burst)) / 2.0 : rank;
    }
}

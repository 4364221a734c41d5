namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A request as the fit needs it. Times are in milliseconds.</summary>
/// <param name="Arrived">When it reached the server: when it was sent, or, on a new connection, when that was open.</param>
/// <param name="Ended">When its answer had been read.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="IsFirst">Whether it was the first request on its connection.</param>
/// <param name="IsWarmUp">Whether the client's own code was still being compiled.</param>
/// <param name="Workers">Workers at that time or, where that is not known, requests in flight; 0 where neither is.</param>
internal readonly record struct FitRequest(
    double Arrived, double Ended, ObservedOutcome Outcome, bool IsFirst, bool IsWarmUp, int Workers)
{
    /// <summary>Whether the server worked on it.</summary>
    public bool IsAccepted => Outcome is not (ObservedOutcome.Refused or ObservedOutcome.RateLimited);

    /// <summary>Whether its duration tells how long the server takes.</summary>
    public bool IsSample => Outcome == ObservedOutcome.Succeeded && !IsFirst && !IsWarmUp;

    /// <summary>All requests in the order in which they reached the server.</summary>
    /// <param name="observations">What was seen.</param>
    /// <param name="connectMs">How long a new connection takes.</param>
    public static FitRequest[] Create(Observations observations, double connectMs) =>
    [
        .. observations.Requests
            .Zip(LevelSummary.GetWorkers(observations), (request, workers) => new FitRequest(
                GetArrival(request, connectMs),
                request.Ended.TotalMilliseconds,
                request.Outcome,
                request.NewConnection is not null,
                request.IsWarmUp,
                workers))
            .OrderBy(request => request.Arrived),
    ];

    private static double GetArrival(ObservedRequest request, double connectMs)
    {
        var sent = request.Sent.TotalMilliseconds;
        return request.NewConnection is null ? sent : Math.Min(sent + connectMs, request.Ended.TotalMilliseconds);
    }
}

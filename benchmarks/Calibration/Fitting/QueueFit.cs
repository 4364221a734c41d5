namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>How many requests a server serves at once while others wait.</summary>
/// <param name="Capacity">The number; null where nothing waited.</param>
/// <param name="OverheadMs">Of a duration, what passes outside the server: a request that waited shows its service time without it.</param>
/// <param name="Samples">The service times that follow, as a client sees them, in milliseconds.</param>
internal sealed record QueueFit(Interval? Capacity, double OverheadMs, double[] Samples)
{
    /// <summary>Chosen by <see cref="Fit"/> so that servers without a limit are rarely said to have one: if nothing waits, a hypothesis is
    /// e^8 times as likely by chance once in 3,000 times, and there are some 30 hypotheses.</summary>
    private const double MinGain = 8;

    /// <summary>Half of the quantile 0.95 of chi-squared with one degree of freedom: the 95 % interval by the likelihood ratio.</summary>
    private const double IntervalLoss = 1.92;

    /// <summary>So many service times of requests that did not wait tell those of the others.</summary>
    private const int MinUnqueued = 20;

    private static readonly double[] ClientOverheads = [0, 0.2, 0.4, 0.6, 0.8];

    /// <summary>The number under which the service times that follow are most likely.</summary>
    /// <remarks>Given the requests before it, the end of a request is its start plus its service time, so that the likelihood of all that
    /// was seen is the product of the densities of the service times that follow from a capacity. Too small a capacity gives times that are
    /// too short, even negative, too large a one times that are too long. The density follows from those that did not wait.</remarks>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    /// <param name="roundTripMs">How long a packet takes to the server and back.</param>
    public static QueueFit Fit(FitRequest[] accepted, double roundTripMs)
    {
        var withoutLimit = WithoutLimit(accepted);
        var unlimited = ServiceDensity.GetLogLikelihood(withoutLimit.Samples);
        var candidates = (
            from capacity in Enumerable.Range(1, Math.Max(0, QueueReplay.GetMaxInFlight(accepted) - 1))
            let free = QueueReplay.GetFreeTimes(accepted, capacity)
            from candidate in Rate(accepted, free, capacity, roundTripMs)
            select candidate).ToList();
        var best = candidates.MaxBy(candidate => candidate.LogLikelihood);
        if (best is null || best.LogLikelihood - unlimited < MinGain) return withoutLimit;

        var likely = candidates.Where(candidate => candidate.LogLikelihood >= best.LogLikelihood - IntervalLoss).ToList();
        var interval = new Interval(
            best.Capacity, likely.Min(candidate => candidate.Capacity), likely.Max(candidate => candidate.Capacity));
        return new QueueFit(interval, best.OverheadMs, [.. best.Times.Where(time => time > 0)]);
    }

    /// <summary>The service times where nothing waits.</summary>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    public static QueueFit WithoutLimit(FitRequest[] accepted) =>
        new(null, 0, [.. accepted.Where(request => request.IsSample).Select(request => request.Ended - request.Arrived)]);

    private static IEnumerable<Candidate> Rate(FitRequest[] accepted, double[] free, int capacity, double roundTripMs)
    {
        var direct = new List<double>();
        var queued = new List<double>();
        for (var i = 0; i < accepted.Length; i++)
        {
            if (!accepted[i].IsSample) continue;
            var waited = free[i] > accepted[i].Arrived;
            (waited ? queued : direct).Add(accepted[i].Ended - Math.Max(accepted[i].Arrived, free[i]));
        }

        var isKnown = direct.Count >= MinUnqueued;
        var density = isKnown ? ServiceDensity.Create([.. direct]) : null;
        var known = isKnown ? ServiceDensity.GetLogLikelihood([.. direct]) : 0;
        foreach (var overhead in ClientOverheads.Select(client => client + roundTripMs))
        {
            double[] times = [.. direct, .. queued.Select(time => time + overhead)];
            var likelihood = density is null
                ? ServiceDensity.GetLogLikelihood(times)
                : known + times.Skip(direct.Count).Sum(density.GetLog);
            yield return new Candidate(capacity, overhead, times, likelihood);
        }
    }


    private sealed record Candidate(int Capacity, double OverheadMs, double[] Times, double LogLikelihood);
}

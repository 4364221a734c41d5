namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>How much longer the first request on a connection takes.</summary>
internal static class ConnectionCost
{
    private const double IntervalLoss = 1.92;
    private const int Quantiles = 21;
    private const int FineSteps = 40;

    /// <summary>A first look, before anything else is known: the shortest first request less the shortest other one.</summary>
    /// <param name="requests">All requests.</param>
    public static double GetRoughMs(IReadOnlyList<ObservedRequest> requests)
    {
        var succeeded = requests.Where(request => request.Outcome == ObservedOutcome.Succeeded).ToList();
        var first = succeeded.Where(request => request.NewConnection is not null).ToList();
        var others = succeeded.Where(request => request.NewConnection is null).ToList();
        if (first.Count == 0 || others.Count == 0) return 0;
        return Math.Max(0, (first.Min(request => request.Duration) - others.Min(request => request.Duration)).TotalMilliseconds);
    }

    /// <summary>The cost under which the first requests are most likely, in milliseconds; null where there is none.</summary>
    /// <remarks>A first request takes the cost and a service time. Under a density that is as sharp as the service times allow, this
    /// estimator is nearly as exact as minima for constant times, and as medians for others.</remarks>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    /// <param name="connectMs">The cost that is contained in their arrivals.</param>
    /// <param name="capacity">How many requests the server serves at once; null for no limit.</param>
    /// <param name="samples">Service times, in milliseconds.</param>
    public static Interval? Fit(FitRequest[] accepted, double connectMs, int? capacity, double[] samples)
    {
        var free = QueueReplay.GetFreeTimes(accepted, capacity ?? accepted.Length + 1);
        var firsts = Enumerable.Range(0, accepted.Length)
            .Where(i => accepted[i] is { IsFirst: true, IsWarmUp: false, Outcome: ObservedOutcome.Succeeded })
            .Select(i => new First(accepted[i].Arrived - connectMs, accepted[i].Ended, free[i]))
            .ToList();
        if (firsts.Count == 0) return null;

        var density = ServiceDensity.Create(samples);
        var sorted = samples.Order().ToArray();
        var service = Enumerable.Range(0, Quantiles).Select(k => sorted[k * (sorted.Length - 1) / (Quantiles - 1)]).ToList();
        var coarse = firsts.SelectMany(first => service.Select(time => Math.Max(0, first.Ended - first.Sent - time))).Distinct();
        var rated = coarse.Append(0).Select(cost => Rate(cost)).ToList();
        var best = rated.MaxBy(candidate => candidate.LogLikelihood);
        var step = Math.Max(0.05, 0.002 * best.Cost);
        rated.AddRange(Enumerable.Range(-FineSteps, (2 * FineSteps) + 1).Select(k => Rate(Math.Max(0, best.Cost + (k * step)))));
        best = rated.MaxBy(candidate => candidate.LogLikelihood);
        var likely = rated.Where(candidate => candidate.LogLikelihood >= best.LogLikelihood - IntervalLoss).ToList();
        var (low, high) = (likely.Min(candidate => candidate.Cost), likely.Max(candidate => candidate.Cost));
        return new Interval(Centre(likely), low, high);

        (double Cost, double LogLikelihood) Rate(double cost) =>
            (cost, firsts.Sum(first => density.GetLog(first.Ended - Math.Max(first.Sent + cost, first.Free))));
    }

    /// <summary>The mean of the likely costs, each by its likelihood: the top of a likelihood from few samples is rough.</summary>
    private static double Centre(List<(double Cost, double LogLikelihood)> likely)
    {
        var ordered = likely.DistinctBy(candidate => candidate.Cost).OrderBy(candidate => candidate.Cost).ToList();
        var top = ordered.Max(candidate => candidate.LogLikelihood);
        var (sum, weights) = (0.0, 0.0);
        for (var i = 0; i < ordered.Count; i++)
        {
            var reach = ordered[Math.Min(i + 1, ordered.Count - 1)].Cost - ordered[Math.Max(i - 1, 0)].Cost;
            var weight = Math.Exp(ordered[i].LogLikelihood - top) * Math.Max(reach, 1e-9);
            sum += weight * ordered[i].Cost;
            weights += weight;
        }

        return sum / weights;
    }

    private readonly record struct First(double Sent, double Ended, double Free);
}

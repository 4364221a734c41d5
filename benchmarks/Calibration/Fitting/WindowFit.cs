namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A server that accepts N requests within any time T: a sliding window.</summary>
/// <remarks>With the N-th last request that was accepted before it, each request says on which side T lies: not before T has passed since
/// then is another accepted.</remarks>
internal static class WindowFit
{
    /// <summary>Two requests may take unequally long to arrive.</summary>
    private const double ToleranceMs = 3;

    /// <summary>Shorter windows are not looked for: a few requests sent together would look like one.</summary>
    private const double MinWindowMs = 500;

    private static readonly double[] UsualSeconds = [1, 10, 60];

    /// <summary>The best number for each usual window.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static IEnumerable<RateFit> FitUsual(FitRequest[] requests)
    {
        var gaps = GetGaps(requests).ToList();
        foreach (var seconds in UsualSeconds)
        {
            // At a refusal the window holds as many as the limit: of several numbers the largest.
            var best = gaps
                .Select(gap => new Candidate(gap.Number, gap.Count(seconds, ToleranceMs), gap.Count(seconds, 0)))
                .OrderBy(candidate => candidate.Contradictions)
                .ThenBy(candidate => candidate.Exact)
                .ThenByDescending(candidate => candidate.Number)
                .First();
            var rate = best.Number / seconds;
            yield return new RateFit(new Interval(rate, rate, rate), null, seconds, best.Contradictions);
        }
    }

    /// <summary>The smallest number for which some window contradicts nothing; none where there is none.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static IEnumerable<RateFit> FitAny(FitRequest[] requests)
    {
        foreach (var gap in GetGaps(requests))
        {
            var (low, high) = (gap.Refused.Max(), gap.Accepted.DefaultIfEmpty(double.PositiveInfinity).Min());
            if (low >= high || low < MinWindowMs || double.IsInfinity(low) || double.IsInfinity(high)) continue;
            var rate = 1000 * gap.Number;
            yield return new RateFit(new Interval(rate / ((low + high) / 2), rate / high, rate / low), null, (low + high) / 2000, 0);
            yield break;
        }
    }

    private static IEnumerable<Gaps> GetGaps(FitRequest[] requests)
    {
        var accepted = new List<double>();
        var before = new int[requests.Length];
        for (var i = 0; i < requests.Length; i++)
        {
            before[i] = accepted.Count;
            if (requests[i].IsAccepted) accepted.Add(requests[i].Arrived);
        }

        for (var number = 1; number <= Math.Max(1, accepted.Count); number++)
        {
            var (of, to) = (new List<double>(), new List<double>());
            for (var i = 0; i < requests.Length; i++)
            {
                var gap = before[i] < number ? double.PositiveInfinity : requests[i].Arrived - accepted[before[i] - number];
                (requests[i].IsAccepted ? of : to).Add(gap);
            }

            yield return new Gaps(number, of, to);
        }
    }

    private sealed record Gaps(int Number, List<double> Accepted, List<double> Refused)
    {
        /// <summary>How many requests were treated otherwise than a window would, by more than a tolerance.</summary>
        public int Count(double seconds, double toleranceMs)
        {
            var windowMs = seconds * 1000;
            return Accepted.Count(gap => gap < windowMs - toleranceMs) + Refused.Count(gap => gap >= windowMs + toleranceMs);
        }
    }

    private sealed record Candidate(int Number, int Contradictions, int Exact);
}

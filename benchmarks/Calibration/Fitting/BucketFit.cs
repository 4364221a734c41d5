namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>A server whose requests each take a token from a bucket of B, which is filled at a rate.</summary>
/// <remarks>What is missing from the bucket does not depend on its size: it grows by one with each request that is accepted and shrinks at
/// the rate, not below nothing (the generic cell rate algorithm, ITU-T I.371). A request is accepted when at least one token is left. So
/// each rate gives the range of B in one pass.</remarks>
internal static class BucketFit
{
    private const int Rates = 600;
    private const double ToleranceMs = 3;
    private const double MaxTolerance = 0.3;
    private const double PeakMs = 100;

    /// <summary>The bucket that contradicts the fewest requests.</summary>
    /// <param name="requests">All requests, in the order of their arrival.</param>
    public static RateFit Fit(FitRequest[] requests)
    {
        // A rate at which no requests were sent would have refused none.
        var max = Math.Max(1, GetMostWithin(PeakMs, requests) * 1000 / PeakMs);
        var min = max / 10_000.0;
        var candidates = Enumerable.Range(0, Rates)
            .Select(k => min * Math.Pow(max / min, k / (Rates - 1.0)))
            .Concat(GetRoundRates(min, max))
            .Select(rate => Fit(requests, rate))
            .ToList();
        var fewest = candidates.Min(candidate => candidate.Contradictions);
        var equal = candidates.Where(candidate => candidate.Contradictions == fewest).ToList();
        // The widest room for B is the centre of what the requests allow; near it, the roundest numbers.
        var centre = equal.MaxBy(candidate => candidate.Room)!;
        var best = equal
            .OrderBy(candidate => RoundNumber.GetRank(candidate.Rate) + RoundNumber.GetRank(candidate.Burst))
            .ThenBy(candidate => Math.Abs(Math.Log(candidate.Rate / centre.Rate)))
            .First();
        var interval = new Interval(best.Rate, equal.Min(candidate => candidate.Rate), equal.Max(candidate => candidate.Rate));
        return new RateFit(interval, best.Burst, null, fewest);
    }

    /// <summary>Numbers of one and two digits with zeros.</summary>
    private static IEnumerable<double> GetRoundRates(double min, double max)
    {
        for (var unit = Math.Pow(10, Math.Floor(Math.Log10(min))); unit <= max; unit *= 10)
        {
            for (var number = 10; number < 100; number++)
            {
                var rate = number * unit / 10;
                if (rate >= min && rate <= max) yield return rate;
            }
        }
    }

    private static Candidate Fit(FitRequest[] requests, double rate)
    {
        var needed = GetTokensNeeded(requests, rate);
        var accepted = needed.Where(need => need.IsAccepted).Select(need => need.Tokens).Order().ToArray();
        var refused = needed.Where(need => !need.IsAccepted).Select(need => need.Tokens).Order().ToArray();
        var tolerance = Math.Min(MaxTolerance, rate * ToleranceMs / 1000);
        var sizes = needed.Select(need => Math.Max(1, Math.Floor(need.Tokens))).Distinct().Order().ToList();
        var best = sizes
            .Select(size => (Size: size, Contradictions:
                accepted.Length - CountUpTo(accepted, size + tolerance) + CountUpTo(refused, size - tolerance)))
            .OrderBy(candidate => candidate.Contradictions)
            .ThenBy(candidate => candidate.Size)
            .First();
        var low = accepted.Where(tokens => tokens <= best.Size + tolerance).DefaultIfEmpty(1).Max();
        var high = refused.Where(tokens => tokens > best.Size - tolerance).DefaultIfEmpty(low).Min();
        return new Candidate(rate, (int)best.Size, best.Contradictions, high - low);
    }

    /// <summary>How many of these, which are in order, are not above a value.</summary>
    private static int CountUpTo(double[] sorted, double value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static int GetMostWithin(double time, FitRequest[] requests)
    {
        var within = new Queue<double>();
        var most = 0;
        foreach (var request in requests.Where(request => request.IsAccepted))
        {
            within.Enqueue(request.Arrived);
            while (request.Arrived - within.Peek() >= time) within.Dequeue();
            most = Math.Max(most, within.Count);
        }

        return most;
    }

    private static List<Need> GetTokensNeeded(FitRequest[] requests, double rate)
    {
        var needed = new List<Need>(requests.Length);
        var (missing, before) = (0.0, requests[0].Arrived);
        foreach (var request in requests)
        {
            missing = Math.Max(0, missing - (rate * (request.Arrived - before) / 1000));
            before = request.Arrived;
            needed.Add(new Need(missing + 1, request.IsAccepted));
            if (request.IsAccepted) missing++;
        }

        return needed;
    }

    private readonly record struct Need(double Tokens, bool IsAccepted);

    private sealed record Candidate(double Rate, int Burst, int Contradictions, double Room);
}

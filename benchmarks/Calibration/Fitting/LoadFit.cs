using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Calibration.Fitting;

/// <summary>Whether requests take longer with more workers, where no limit explains it: workers that share a processor, the server's or the
/// client's, make each other slower.</summary>
internal static class LoadFit
{
    /// <summary>Levels with fewer durations are taken together with the next one.</summary>
    private const int MinSamples = 24;

    /// <summary>A server that is as fast under load is said to be slower once in 2,000 times.</summary>
    private const double MinZ = 3.3;

    /// <summary>Smaller differences are real too, but change a prediction less than other things do.</summary>
    private const double MinSlowdown = 1.2;

    /// <summary>Where a queue explains the durations well, except those of requests that did not wait.</summary>
    private const double MinSlowdownBesideQueue = 1.5;

    private const int Steps = 50;

    /// <summary>The durations of each number of workers, in rising order; empty where they do not clearly rise.</summary>
    /// <remarks>Where a queue was found, those requests decide that did not wait: with a queue, their durations are the same with any
    /// number of workers. Where they are not, a queue only seemed to explain them better than nothing did.</remarks>
    /// <param name="accepted">The requests that the server worked on, in the order of their arrival.</param>
    /// <param name="capacity">How many the server serves at once, where others seem to wait; null where none does.</param>
    public static IReadOnlyList<LevelLatency> Fit(FitRequest[] accepted, Interval? capacity)
    {
        var samples = GetSamples(accepted);
        var isSlower = capacity is null
            ? IsSlower(samples, MinSlowdown)
            : IsSlower(GetSamples(GetUnqueued(accepted, (int)capacity.Value)), MinSlowdownBesideQueue);
        return isSlower ? GetLatencies(accepted, GetLevels(samples)) : [];
    }

    /// <summary>How long the requests of each level would have taken had the number in flight stayed the same.</summary>
    /// <remarks>While a level begins and ends, fewer requests are in flight than it has workers. So each number in flight has a speed, and
    /// a request has made its progress in the time that passed with each number: speeds are sought at which requests need one unit on
    /// average. Each step divides the unit of each request among the numbers by the progress made with them.</remarks>
    private static IReadOnlyList<LevelLatency> GetLatencies(FitRequest[] accepted, List<List<FitRequest>> levels)
    {
        var inFlight = new InFlightTimes(accepted, [.. levels.Select(level => level.Average(request => request.Workers))]);
        var times = levels.Select(level => level.Select(inFlight.Get).Where(parts => parts.Sum() > 0).ToList()).ToList();
        var all = times.SelectMany(level => level).ToList();
        var totals = levels.Select((_, group) => all.Sum(parts => parts[group])).ToArray();
        var speeds = totals.Select(_ => all.Count / totals.Sum()).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            var shares = new double[speeds.Length];
            foreach (var parts in all)
            {
                var progress = GetProgress(parts, speeds);
                for (var group = 0; group < shares.Length; group++) shares[group] += parts[group] / progress;
            }

            for (var group = 0; group < shares.Length; group++)
            {
                if (totals[group] > 0) speeds[group] *= shares[group] / totals[group];
            }
        }

        return
        [
            .. Enumerable.Range(0, levels.Count)
                .Where(group => totals[group] > 0 && times[group].Count > 0)
                .Select(group => new LevelLatency(
                    inFlight.MeanInFlight[group],
                    ServiceTimes.GetQuantiles([.. times[group].Select(parts => GetProgress(parts, speeds) / speeds[group])]),
                    times[group].Count)),
        ];
    }

    private static double GetProgress(double[] parts, double[] speeds)
    {
        var progress = 0.0;
        for (var group = 0; group < parts.Length; group++) progress += parts[group] * speeds[group];
        return progress;
    }

    /// <summary>Spearman's rank correlation of workers and durations: a few very long durations, which occur under any load, do not
    /// count more than others.</summary>
    private static bool IsSlower(List<FitRequest> samples, double minSlowdown)
    {
        var levels = GetLevels(samples);
        if (levels.Count < 2) return false;
        var correlation = Correlation.Spearman(samples.Select(request => (double)request.Workers), samples.Select(GetDuration));
        var isTrend = correlation * Math.Sqrt(samples.Count - 1) > MinZ;
        return isTrend && levels[^1].Average(GetDuration) > minSlowdown * levels[0].Average(GetDuration);
    }

    private static double GetDuration(FitRequest request) => request.Ended - request.Arrived;

    private static IEnumerable<FitRequest> GetUnqueued(FitRequest[] accepted, int capacity)
    {
        var free = QueueReplay.GetFreeTimes(accepted, capacity);
        return accepted.Where((request, index) => free[index] <= request.Arrived);
    }

    private static List<FitRequest> GetSamples(IEnumerable<FitRequest> requests) =>
        [.. requests.Where(request => request.IsSample && request.Workers > 0).OrderBy(request => request.Workers)];

    private static List<List<FitRequest>> GetLevels(List<FitRequest> samples)
    {
        var levels = new List<List<FitRequest>>();
        foreach (var level in samples.GroupBy(request => request.Workers))
        {
            if (levels.Count > 0 && levels[^1].Count < MinSamples) levels[^1].AddRange(level);
            else levels.Add([.. level]);
        }

        if (levels.Count > 1 && levels[^1].Count < MinSamples)
        {
            levels[^2].AddRange(levels[^1]);
            levels.RemoveAt(levels.Count - 1);
        }

        return levels;
    }
}

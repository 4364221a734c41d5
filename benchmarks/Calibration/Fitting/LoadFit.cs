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

    /// <summary>A number in flight has a level of its own where requests spent the time of so many of them with it. At a fast server there
    /// are fewer: its answer comes before the other workers have sent, so that few are in flight at a time.</summary>
    private const double MinSeen = 8;

    /// <summary>The measured durations of a level count as much as this share of its requests. Without them nothing bounds the speeds,
    /// which only divide the requests among the numbers in flight.</summary>
    private const double UncorrectedShare = 0.25;

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
        if (!isSlower) return [];
        var levels = GetLevels(samples).Select(level => new Level(level.Average(request => request.Workers), level)).ToList();
        return GetLatencies(GetTimes(accepted, levels));
    }

    /// <summary>The levels, of which those that were hardly in flight are taken together with the one before.</summary>
    private static LevelTimes GetTimes(FitRequest[] accepted, List<Level> levels)
    {
        while (true)
        {
            var inFlight = new InFlightTimes(accepted, [.. levels.Select(level => level.Workers)]);
            var times = levels.Select(level => level.Requests.Select(inFlight.Get).Where(parts => parts.Sum() > 0).ToList()).ToList();
            var all = times.SelectMany(level => level).ToList();
            var (seen, rarest) = levels.Select((_, group) => (all.Sum(parts => parts[group] / parts.Sum()), group)).Min();
            if (seen >= MinSeen || levels.Count == 1) return new LevelTimes(inFlight.MeanInFlight, times, all);
            var other = rarest == 0 ? 1 : rarest - 1;
            levels[other].Requests.AddRange(levels[rarest].Requests);
            levels.RemoveAt(rarest);
        }
    }

    /// <summary>How long the requests of each level would have taken had the number in flight stayed the same.</summary>
    /// <remarks>While a level begins and ends, fewer requests are in flight than it has workers. So each number in flight has a speed, and
    /// a request has made its progress in the time that passed with each number: speeds are sought at which requests need one unit on
    /// average. Each step divides the unit of each request among the numbers by the progress made with them. More in flight are not
    /// faster: levels at which they seem to be are taken together.</remarks>
    private static IReadOnlyList<LevelLatency> GetLatencies(LevelTimes observed)
    {
        var (times, all) = (observed.Times, observed.All);
        var totals = times.Select((_, group) => all.Sum(parts => parts[group])).ToArray();
        var speeds = totals.Select(_ => all.Count / totals.Sum()).ToArray();
        var uncorrected = times.Select(level => UncorrectedShare * level.Count).ToArray();
        var uncorrectedTimes = times.Select(level => UncorrectedShare * level.Sum(parts => parts.Sum())).ToArray();
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
                var time = totals[group] + uncorrectedTimes[group];
                if (time > 0) speeds[group] = ((speeds[group] * shares[group]) + uncorrected[group]) / time;
            }
        }

        var groups = Enumerable.Range(0, times.Count).Where(group => totals[group] > 0 && times[group].Count > 0).ToArray();
        var durations = groups
            .Select(group => times[group].Select(parts => GetProgress(parts, speeds) / speeds[group]).ToArray()).ToArray();
        var means = GetRisingMeans(durations);
        return
        [
            .. groups.Zip(durations, means).Select(level => new LevelLatency(
                observed.MeanInFlight[level.First],
                ServiceTimes.GetQuantiles([.. level.Second.Select(duration => duration * level.Third / level.Second.Average())]),
                level.Second.Length)),
        ];
    }

    /// <summary>The mean of each level, those taken together that would fall (pool adjacent violators: Ayer et al., "An empirical
    /// distribution function for sampling with incomplete information", 1955).</summary>
    private static double[] GetRisingMeans(double[][] durations)
    {
        var pools = new Stack<(double Sum, int Count, int Levels)>();
        foreach (var level in durations)
        {
            var pool = (Sum: level.Sum(), Count: level.Length, Levels: 1);
            while (pools.TryPeek(out var before) && before.Sum * pool.Count > pool.Sum * before.Count)
            {
                pools.Pop();
                pool = (before.Sum + pool.Sum, before.Count + pool.Count, before.Levels + pool.Levels);
            }

            pools.Push(pool);
        }

        return [.. pools.Reverse().SelectMany(pool => Enumerable.Repeat(pool.Sum / pool.Count, pool.Levels))];
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

    private sealed record Level(double Workers, List<FitRequest> Requests);

    /// <summary>Of each level the times of its requests by the number in flight.</summary>
    private sealed record LevelTimes(IReadOnlyList<double> MeanInFlight, List<List<double[]>> Times, List<double[]> All);
}

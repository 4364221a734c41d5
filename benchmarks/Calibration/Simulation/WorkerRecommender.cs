using System.Globalization;

namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>Recommends a number of workers.</summary>
public static class WorkerRecommender
{
    private const double Tolerance = 1.02;
    private const int MaxWorkers = 32;
    private const int FirstWorkers = 8;
    private const double JustBelow = 0.85;
    private const string Unseen = "These data do not show how many requests were in flight: it is a number to begin with, not advice.";

    /// <summary>The fewest workers whose makespan is predicted to be within 2 % of the best one.</summary>
    /// <param name="fit">What is known of the server.</param>
    /// <param name="downloads">How many downloads there are.</param>
    public static WorkerRecommendation Recommend(ServerFit fit, int downloads = 500)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (fit.Levels.Count == 0 && fit.Mechanism == Mechanism.None) return new WorkerRecommendation(FirstWorkers, null, Unseen);
        var most = GetMost(fit);
        var predictions = GetCandidates(fit, most).Select(workers => MakespanPredictor.Predict(fit, workers, downloads)).ToList();
        var best = predictions.Min(prediction => prediction.MakespanMs);
        var chosen = predictions.First(prediction => prediction.MakespanMs <= best * Tolerance).Workers;
        return new WorkerRecommendation(chosen, SafePace.Get(fit), Explain(fit, chosen, most));
    }

    private static int GetMost(ServerFit fit)
    {
        var tried = fit.Levels.Select(level => level.Workers)
            .Where(workers => workers < (fit.StoppedAt ?? int.MaxValue)).DefaultIfEmpty(fit.StoppedAt is null ? MaxWorkers : 1).Max();
        return fit.Mechanism switch
        {
            Mechanism.Refusal => (int)fit.Capacity!.Value,
            Mechanism.Queue => GetMostInQueue(fit, tried),
            Mechanism.Rate => Math.Max(tried, (int)Math.Ceiling(2 * SafePace.Get(fit)!.Value * fit.MeanLatencyMs.Value / 1000) + 1),
            _ => tried,
        };
    }

    private static int GetMostInQueue(ServerFit fit, int tried)
    {
        var capacity = (int)fit.Capacity!.Value;
        return fit.QueueIsLowerBound ? Math.Max(tried, capacity) : capacity + (fit.Queue ?? 0);
    }

    /// <summary>All numbers around the one that a formula gives; of the others, some.</summary>
    private static IEnumerable<int> GetCandidates(ServerFit fit, int most)
    {
        var expected = fit.Mechanism switch
        {
            Mechanism.Rate => SafePace.Get(fit)!.Value * fit.MeanLatencyMs.Value / 1000,
            _ => fit.Capacity?.Value ?? most,
        };
        var near = Math.Max(2, expected / 4);
        var levels = fit.LatencyByWorkers.Select(level => (int)Math.Round(level.InFlight)).ToHashSet();
        for (var workers = 1; workers < most; workers++)
        {
            if (Math.Abs(workers - expected) <= near || int.IsPow2(workers) || levels.Contains(workers)) yield return workers;
        }

        yield return most;
    }

    private static string Explain(ServerFit fit, int workers, int most) => fit.Mechanism switch
    {
        Mechanism.Queue => ExplainQueue(fit, workers),
        Mechanism.Refusal => Format($"The server refuses more than {fit.Capacity!.Value} requests at a time."),
        Mechanism.Rate => ExplainRate(fit, workers),
        _ when fit.StoppedAt is { } stopped => Format(
            $"With {stopped} workers the server showed a limit, so that no more than {most} are taken."),
        _ when fit.CrawlDelay is not null => "robots.txt asks for a pause between requests, which more workers would not shorten.",
        _ when fit.LatencyByWorkers.Count > 0 && workers < most => Format(
            $"Requests take longer with more workers, so that more than {workers} gain nothing; no limit was seen up to {most}."),
        _ when workers < most => Format($"More than {workers} workers are no faster; no limit was seen up to {most}."),
        _ => Format($"No limit was seen up to {most} workers: more was not tried."),
    };

    private static string ExplainQueue(ServerFit fit, int workers)
    {
        var serves = Format($"The server serves {fit.Capacity!.Value} requests at once");
        if (workers <= fit.Capacity.Value) return $"{serves}; more only wait.";
        var others = fit.FaultShare.Value + fit.LostRequestShare > 0
            ? "While downloads that failed wait before they are tried again, other workers use their places."
            : "A few workers more use them while connections open and answers are on their way.";
        return $"{serves}. {others}";
    }

    private static string ExplainRate(ServerFit fit, int workers)
    {
        var keep = workers == 1 ? "1 worker keeps" : Format($"{workers} workers keep");
        return Format($"The server accepts {fit.RateLimitPerSecond!.Value:0.##} requests per second: {keep} to a pace {ComparePace(fit)}.");
    }

    private static string ComparePace(ServerFit fit)
    {
        var (limit, pace) = (fit.RateLimitPerSecond!, SafePace.Get(fit)!.Value);
        if (pace >= JustBelow * limit.Value) return "just below";
        if (pace * fit.CrawlDelay?.TotalSeconds > 0.999) return "that robots.txt asks for";
        if (limit.Low < JustBelow * limit.Value) return Format($"well below, since it may be as low as {limit.Low:0.##}");
        return "well below, since it refuses requests that come close together";
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

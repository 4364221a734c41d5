namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>A rate at which a server that limits it refuses nothing.</summary>
internal static class SafePace
{
    /// <summary>How far below the rate of a token bucket the client stays.</summary>
    private const double BucketMargin = 0.02;

    /// <summary>Two requests may arrive nearer to each other than they started, by so much.</summary>
    private const double ArrivalSeconds = 0.01;

    /// <summary>The rate, in requests per second; null where nothing limits it. It is at most what robots.txt asks for.</summary>
    /// <param name="fit">What is known of the server.</param>
    public static double? Get(ServerFit fit)
    {
        var pace = GetBelowLimit(fit);
        if (fit.CrawlDelay is not { } delay) return pace;
        return Math.Min(pace ?? double.MaxValue, 1 / delay.TotalSeconds);
    }

    private static double? GetBelowLimit(ServerFit fit)
    {
        if (fit.Mechanism != Mechanism.Rate || fit.RateLimitPerSecond is not { } limit) return null;
        var pace = fit.RateBurst is { } burst ? GetOfBucket(limit.Value, burst) : RequestPacer.GetRateWithin(limit.Value);
        return Math.Min(pace, Math.Max(limit.Low, limit.Value / 2));
    }

    /// <summary>A bucket that is larger than what the pacer lets start at once takes it. To a smaller one requests come one at a time;
    /// a bucket of one refuses each that comes too early.</summary>
    private static double GetOfBucket(double limit, int burst)
    {
        if (burst > RequestPacer.GetBurst(limit)) return limit * (1 - BucketMargin);
        var early = burst == 1 ? RequestPacer.SavedSeconds + ArrivalSeconds : 0;
        return Math.Min(RequestPacer.MaxRateOneAtATime, 1 / ((1 / limit) + early));
    }
}

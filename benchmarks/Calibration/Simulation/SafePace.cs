namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>A rate at which a server that limits it refuses nothing.</summary>
internal static class SafePace
{
    /// <summary>How far below the rate of a token bucket the client stays.</summary>
    private const double BucketMargin = 0.02;

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
        // A bucket that is larger than what the pacer lets start at once takes it, and a window does not.
        var isBucket = fit.RateBurst is { } burst && burst > RequestPacer.GetBurst(limit.Value);
        var pace = isBucket ? limit.Value * (1 - BucketMargin) : RequestPacer.GetRateWithin(limit.Value);
        return Math.Min(pace, Math.Max(limit.Low, limit.Value / 2));
    }
}

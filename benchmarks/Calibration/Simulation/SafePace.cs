namespace Downloader.Benchmarks.Calibration.Simulation;

/// <summary>A rate at which a server that limits it refuses nothing.</summary>
internal static class SafePace
{
    /// <summary>Of the rate, what the client's pacer can save and let start at once, beside one request.</summary>
    private const double SavedShare = 0.02;

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
        // In some second the pacer lets as many more requests start as it has saved; one more is for requests that take unequally long to
        // arrive. A bucket that is larger than what the pacer saves takes them.
        var saved = Math.Ceiling(SavedShare * limit.Value);
        var isBucket = fit.RateBurst is { } burst && burst > saved + 1;
        var pace = isBucket ? limit.Value * (1 - SavedShare) : Math.Max(limit.Value / 2, limit.Value - saved - 2);
        return Math.Min(pace, Math.Max(limit.Low, limit.Value / 2));
    }
}

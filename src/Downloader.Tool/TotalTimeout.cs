namespace Downloader.Tool;

/// <summary>The limit of a download with all its tries and waits: long enough not to end a try that has time left, nor a download that
/// still waits for its turn at the rate.</summary>
internal static class TotalTimeout
{
    private static readonly TimeSpan Max = TimeSpan.FromDays(1);

    /// <summary>The limit, at most a day.</summary>
    /// <param name="options">How often, and after which waits, a download is tried again.</param>
    /// <param name="timeout">The limit of each try.</param>
    /// <param name="rate">The most requests per second; null for no limit.</param>
    /// <param name="inFlight">How many downloads can wait for the rate at once; null where it is not known.</param>
    public static TimeSpan Get(DownloadResilienceOptions options, TimeSpan timeout, double? rate, long? inFlight)
    {
        var turn = rate is null ? TimeSpan.Zero : GetLongestTurn(rate.Value, inFlight);
        var total = (options.MaxRetryAttempts + 1) * (timeout + turn) + options.MaxRetryAttempts * options.MaxDelay;
        return total < Max ? total : Max;
    }

    /// <summary>Each download may have to wait for all others.</summary>
    private static TimeSpan GetLongestTurn(double rate, long? inFlight) =>
        TimeSpan.FromSeconds(Math.Min(Max.TotalSeconds, (inFlight ?? double.PositiveInfinity) / rate));
}

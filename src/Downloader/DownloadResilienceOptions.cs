namespace Downloader;

/// <summary>How often, and after which wait, a failed download is tried again.</summary>
public sealed class DownloadResilienceOptions
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan MinTotalTimeout = TimeSpan.FromMilliseconds(10);

    /// <summary>The most tries after the first, 1 or more. Default 3.</summary>
    public int MaxRetryAttempts { get; set; } = 3;

    /// <summary>The median wait before the second try, doubled for each further one; from 0 to 24 hours. Default 1 s.
    /// A server's Retry-After replaces it.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait that backoff leads to, from 0 to 24 hours. Default 30 s. A server's Retry-After may be longer.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest a download may take with all its tries and waits, from 10 ms to 24 hours, or
    /// <see cref="Timeout.InfiniteTimeSpan"/>. Default 2 minutes.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(2);

    internal void ThrowIfInvalid()
    {
        if (FindError() is { } error) throw new ArgumentException(error);
    }

    private string? FindError()
    {
        if (MaxRetryAttempts < 1)
            return OptionError.Format(nameof(MaxRetryAttempts), MaxRetryAttempts, "1 or more");
        if (!IsBetween(Delay, TimeSpan.Zero))
            return OptionError.Format(nameof(Delay), Delay, "between 0 and 24 hours");
        if (!IsBetween(MaxDelay, TimeSpan.Zero))
            return OptionError.Format(nameof(MaxDelay), MaxDelay, "between 0 and 24 hours");
        if (TotalTimeout != Timeout.InfiniteTimeSpan && !IsBetween(TotalTimeout, MinTotalTimeout))
            return OptionError.Format(nameof(TotalTimeout), TotalTimeout, "between 10 ms and 24 hours, or infinite");
        return null;
    }

    private static bool IsBetween(TimeSpan value, TimeSpan min) => value >= min && value <= MaxTime;
}

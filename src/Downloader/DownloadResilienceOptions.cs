using System.Globalization;

namespace Downloader;

/// <summary>How often, and how soon, a failed download is tried again.</summary>
public sealed class DownloadResilienceOptions
{
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(1);

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
        var error = MaxRetryAttempts < 1 ? Say(nameof(MaxRetryAttempts), MaxRetryAttempts, "1 or more")
            : Delay < TimeSpan.Zero || Delay > LongestTime ? Say(nameof(Delay), Delay, "0 to 24 hours")
            : MaxDelay < TimeSpan.Zero || MaxDelay > LongestTime ? Say(nameof(MaxDelay), MaxDelay, "0 to 24 hours")
            : TotalTimeout != Timeout.InfiniteTimeSpan && (TotalTimeout < TimeSpan.FromMilliseconds(10) || TotalTimeout > LongestTime)
                ? Say(nameof(TotalTimeout), TotalTimeout, "10 ms to 24 hours, or infinite")
            : null;
        if (error is not null) throw new ArgumentException(error);
    }

    private static string Say(string name, object value, string takes) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it takes {takes}.");
}

using System.Globalization;
using Polly;

namespace Downloader;

/// <summary>How each download is made.</summary>
public sealed class DownloaderOptions
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>The longest one download may take, connection and body included (one try of it, where <see cref="Resilience"/> makes several);
    /// more than zero and at most 24 days, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body taken, in bytes, 0 or more. Default 100,000,000.</summary>
    public long MaxBytes { get; set; } = 100_000_000;

    /// <summary>The most connections to one server, 1 or more. Set it to the worker count: then no connection is opened that no worker needs.
    /// Default 64.</summary>
    public int MaxConnectionsPerServer { get; set; } = 64;

    /// <summary>How long a connection may live before a new one takes its place, so that changes in DNS are seen; more than zero, or
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. Default 2 minutes.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The HTTP version asked for, exactly: 1.0, 1.1, 2.0 or 3.0. Blocking strategies need 1.1, the default: a synchronous send over
    /// HTTP/2 does not exist.</summary>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>What to do when a download fails: wraps the whole of it, its body included. Null, the default: nothing, it has failed.
    /// <see cref="DownloadResilience.Create"/> makes one that retries.</summary>
    public ResiliencePipeline<DownloadResult>? Resilience { get; set; }

    /// <summary>A last word on the handler, for what is not an option here (a proxy, a certificate to trust).</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>The first option out of its range: its name, its value and what it takes; null when all is well.</summary>
    internal string? FindError() =>
        !IsPositiveOrInfinite(Timeout) || Timeout > LongestTimeout ? Say(nameof(Timeout), Timeout, "more than zero and at most 24 days, or infinite")
        : MaxBytes < 0 ? Say(nameof(MaxBytes), MaxBytes, "0 or more bytes")
        : MaxConnectionsPerServer < 1 ? Say(nameof(MaxConnectionsPerServer), MaxConnectionsPerServer, "1 or more")
        : !IsPositiveOrInfinite(PooledConnectionLifetime) ? Say(nameof(PooledConnectionLifetime), PooledConnectionLifetime, "more than zero, or infinite")
        : HttpVersion is not { Major: 1, Minor: 0 or 1 } and not { Major: 2 or 3, Minor: 0 } ? Say(nameof(HttpVersion), HttpVersion, "1.0, 1.1, 2.0 or 3.0")
        : null;

    internal void ThrowIfInvalid()
    {
        if (FindError() is { } error) throw new ArgumentException(error);
    }

    private static bool IsPositiveOrInfinite(TimeSpan time) => time > TimeSpan.Zero || time == System.Threading.Timeout.InfiniteTimeSpan;

    private static string Say(string name, object? value, string takes) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is {value ?? "null"}; it takes {takes}.");
}

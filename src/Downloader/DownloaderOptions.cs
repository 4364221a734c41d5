using Polly;

namespace Downloader;

/// <summary>How each download is made.</summary>
public sealed class DownloaderOptions
{
    private const double MinRate = 0.001;
    private const double MaxRate = 1_000_000;

    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly Lock _lock = new();
    private RequestPacer? _pacer;

    /// <summary>The longest one download may take, connection and body included (one try of it, where <see cref="Resilience"/> makes
    /// several); more than zero and at most 24 days, or <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. Default 30 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest body allowed, in bytes, 0 or more; a longer one fails with <see cref="FailureReason.BodyTooLong"/>.
    /// Default 100,000,000.</summary>
    public long MaxBytes { get; set; } = 100_000_000;

    /// <summary>How long a connection may live before a new one takes its place, so that changes in DNS are seen; more than zero, or
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/>. Default 2 minutes.</summary>
    public TimeSpan PooledConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The HTTP version of each request: 1.0, 1.1, 2.0 or 3.0. Blocking strategies need 1.1, the default: the handler cannot send
    /// synchronously over HTTP/2. With 2.0 all requests to a server share one connection, and the number of streams that the server allows
    /// on it (often 100) limits what is in flight: further workers wait, and their wait counts for <see cref="Timeout"/>. For more
    /// connections, set <see cref="SocketsHttpHandler.EnableMultipleHttp2Connections"/> in <see cref="ConfigureHandler"/>.</summary>
    public Version HttpVersion { get; set; } = System.Net.HttpVersion.Version11;

    /// <summary>Whether another version than <see cref="HttpVersion"/> may be used. Default
    /// <see cref="HttpVersionPolicy.RequestVersionExact"/>: no other. With 2.0 and <see cref="HttpVersionPolicy.RequestVersionOrLower"/> an
    /// https server chooses between 2.0 and 1.1.</summary>
    public HttpVersionPolicy HttpVersionPolicy { get; set; } = HttpVersionPolicy.RequestVersionExact;

    /// <summary>Headers of each request, by name, upper and lower case alike. By default a <c>User-Agent</c> that names this library and
    /// its version. Where a redirect leads to another scheme, host or port, <c>Authorization</c>, <c>Cookie</c>,
    /// <c>Proxy-Authorization</c> and <c>Host</c> are left out.</summary>
    public IDictionary<string, string> Headers { get; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["User-Agent"] = RequestHeaders.DefaultUserAgent };

    /// <summary>What to do when a download fails: a pipeline around the whole download, its body included. Null, the default: nothing, the
    /// failure is the result. <see cref="DownloadResilience.Create"/> makes one that retries.</summary>
    public ResiliencePipeline<DownloadResult>? Resilience { get; set; }

    /// <summary>The most requests per second, of all downloads together, retries included; between 0.001 and 1,000,000. Null, the
    /// default: no limit. A few requests more can come in the first second (2 % of the rate, and 1). Where it is set, a server's
    /// Retry-After or used-up RateLimit holds back all downloads, if the wait is at most 5 minutes; a longer one counts only for the
    /// download that was told. All clients that are made from these options share it; it is read once, by the first.</summary>
    public double? RateLimit { get; set; }

    /// <summary>Changes the handler after all options were applied, for what is not an option here (a proxy, a certificate to
    /// trust). Redirects that the handler follows by itself (<see cref="SocketsHttpHandler.AllowAutoRedirect"/>, off) are not
    /// checked.</summary>
    public Action<SocketsHttpHandler>? ConfigureHandler { get; set; }

    /// <summary>What keeps <see cref="RateLimit"/>; null without one.</summary>
    internal RequestPacer? GetPacer()
    {
        lock (_lock)
        {
            return RateLimit is { } rate ? _pacer ??= new RequestPacer(rate) : null;
        }
    }

    /// <summary>The first option out of its range, with its value and its range; null when all are in range.</summary>
    internal string? FindError()
    {
        if (!IsPositiveOrInfinite(Timeout) || Timeout > MaxTimeout)
            return OptionError.Format(nameof(Timeout), Timeout, "more than zero and at most 24 days, or infinite");
        if (MaxBytes < 0)
            return OptionError.Format(nameof(MaxBytes), MaxBytes, "0 or more bytes");
        if (!IsPositiveOrInfinite(PooledConnectionLifetime))
            return OptionError.Format(nameof(PooledConnectionLifetime), PooledConnectionLifetime, "more than zero, or infinite");
        var isRateInRange = RateLimit is null or (>= MinRate and <= MaxRate);
        if (!isRateInRange) return OptionError.Format(nameof(RateLimit), RateLimit, "between 0.001 and 1000000 per second");
        var isKnownVersion = HttpVersion is { Major: 1, Minor: 0 or 1 } or { Major: 2 or 3, Minor: 0 };
        if (!isKnownVersion) return OptionError.Format(nameof(HttpVersion), HttpVersion, "1.0, 1.1, 2.0 or 3.0");
        if (!Enum.IsDefined(HttpVersionPolicy))
            return OptionError.Format(nameof(HttpVersionPolicy), HttpVersionPolicy, "a member of the enumeration");
        return RequestHeaders.FindError(Headers);
    }

    internal void ThrowIfInvalid()
    {
        if (FindError() is { } error) throw new ArgumentException(error);
    }

    private static bool IsPositiveOrInfinite(TimeSpan time) => time > TimeSpan.Zero || time == System.Threading.Timeout.InfiniteTimeSpan;
}

using System.Globalization;
using System.Net;

namespace Downloader;

/// <summary>Reads how long a server asks all its clients to wait.</summary>
/// <remarks>Retry-After of 429 and 503 (RFC 9110). Also the headers of a rate limit whose remaining requests are used up:
/// <c>RateLimit: "name";r=0;t=5</c> (draft-ietf-httpapi-ratelimit-headers, 08 and later), or <c>RateLimit-Remaining</c> and
/// <c>RateLimit-Reset</c> (earlier drafts), in seconds, or, as some servers send it, as a point in time: seconds since 1970.</remarks>
internal static class WaitHeaders
{
    /// <summary>One response must not stop all downloads for longer. A longer wait is ignored: cut to this, it would be over before the
    /// server accepts anything, and each further response would stop them again.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    /// <summary>A larger number of seconds is a point in time, counted from 1970.</summary>
    private const double FirstPointInTime = 1e9;

    /// <summary>No wait is longer than 3,000 years, so that each is a time.</summary>
    private const double MaxSeconds = 1e11;

    /// <summary>The wait, at most 5 minutes; null when the response asks for none, or for a longer one.</summary>
    public static TimeSpan? Read(HttpResponseMessage response) => Read(response, MaxWait);

    /// <summary>The wait; null when the response asks for none, or for one that is longer than it may be.</summary>
    public static TimeSpan? Read(HttpResponseMessage response, TimeSpan maxWait)
    {
        var headers = response.Headers;
        var isRefusal = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        var retryAfter = isRefusal ? headers.RetryAfter : null;
        var wait = retryAfter?.Delta ?? retryAfter?.Date - DateTimeOffset.UtcNow ?? ReadReset(response, maxWait);
        if (wait < TimeSpan.Zero) return TimeSpan.Zero;
        return wait <= maxWait ? wait : null;
    }

    private static TimeSpan? ReadReset(HttpResponseMessage response, TimeSpan maxWait)
    {
        if (response.Headers.NonValidated.TryGetValues("RateLimit", out var policies))
            return ReadPolicies(policies.ToString(), maxWait);
        var isUsedUp = ReadNumber(response, "RateLimit-Remaining") <= 0;
        var reset = isUsedUp ? ReadNumber(response, "RateLimit-Reset") : null;
        return reset is null ? null : ToTime(reset.Value, maxWait);
    }

    /// <summary>The longest wait of the policies that are used up, of those that are not too long.</summary>
    private static TimeSpan? ReadPolicies(string text, TimeSpan maxWait)
    {
        TimeSpan? longest = null;
        foreach (var policy in text.Split(','))
        {
            var reset = ReadParameter(policy, "r") <= 0 ? ReadParameter(policy, "t") : null;
            var wait = reset is null ? null : ToTime(reset.Value, maxWait);
            if (longest is null || wait > longest) longest = wait;
        }

        return longest;
    }

    private static double? ReadParameter(string policy, string name)
    {
        foreach (var parameter in policy.Split(';'))
        {
            var (key, value) = Divide(parameter);
            if (key == name) return Parse(value);
        }

        return null;
    }

    private static (string Key, string Value) Divide(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (parameter.Trim(), "") : (parameter[..equals].Trim(), parameter[(equals + 1)..]);
    }

    private static double? ReadNumber(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? Parse(values.ToString()) : null;

    private static double? Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan? ToTime(double seconds, TimeSpan maxWait)
    {
        if (seconds > FirstPointInTime) seconds -= (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        var wait = TimeSpan.FromSeconds(Math.Clamp(seconds, 0, MaxSeconds));
        return wait <= maxWait ? wait : null;
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Reads how long a server asks to wait: Retry-After of 429 and 503, or the headers of a rate limit that is used up, as the
/// library's clients do. Unlike these it also tells of waits that are too long to be honoured.</summary>
internal static class RequestedWait
{
    /// <summary>A larger number of seconds is a point in time, counted from 1970.</summary>
    private const double FirstPointInTime = 1e9;

    private static readonly TimeSpan Max = TimeSpan.FromDays(365);

    /// <summary>The wait; null when the answer asks for none.</summary>
    public static TimeSpan? Read(HttpResponseMessage response)
    {
        var headers = response.Headers;
        var isRefusal = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
        var retryAfter = isRefusal ? headers.RetryAfter : null;
        var wait = retryAfter?.Delta ?? retryAfter?.Date - DateTimeOffset.UtcNow ?? ReadRateLimit(headers);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static TimeSpan? ReadRateLimit(HttpResponseHeaders headers)
    {
        if (GetText(headers, "RateLimit") is { } policies) return policies.Split(',').Select(ReadPolicy).Max();
        var isUsedUp = Parse(GetText(headers, "RateLimit-Remaining")) <= 0;
        return isUsedUp ? ToTime(Parse(GetText(headers, "RateLimit-Reset"))) : null;
    }

    private static TimeSpan? ReadPolicy(string policy)
    {
        var parameters = policy.Split(';').Select(parameter => parameter.Split('=')).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1]);
        return Parse(parameters["r"].FirstOrDefault()) <= 0 ? ToTime(Parse(parameters["t"].FirstOrDefault())) : null;
    }

    private static string? GetText(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static TimeSpan? ToTime(double? number)
    {
        if (number is not { } seconds) return null;
        if (seconds > FirstPointInTime) seconds -= (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Max.TotalSeconds));
    }
}

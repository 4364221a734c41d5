using System.Globalization;
using System.Net;

namespace Downloader;

/// <summary>Why a download failed.</summary>
/// <param name="Reason">The kind of failure, for programs.</param>
/// <param name="Message">One line for people.</param>
public sealed record DownloadFailure(FailureReason Reason, string Message)
{
    internal static readonly DownloadFailure Cancelled = new(FailureReason.Cancelled, "Cancelled");
    internal static readonly DownloadFailure Timeout = new(FailureReason.Timeout, "Timed out");
    internal static readonly DownloadFailure OverallTimeout = new(FailureReason.Timeout, "Timed out, retries included");
    internal static readonly DownloadFailure NeverDownloaded = new(FailureReason.Other, "The strategy did not download it");

    /// <summary>The status the server answered with, when <see cref="Reason"/> is <see cref="FailureReason.HttpStatus"/>; otherwise null.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>How long the server asked to wait before another try (its Retry-After header), not negative; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    internal static DownloadFailure UnsupportedScheme(Uri uri) => new(
        FailureReason.UnsupportedScheme,
        uri.IsAbsoluteUri ? $"Only http and https are taken, not {uri.Scheme}" : "Not an absolute http or https URI");

    internal static DownloadFailure BodyTooLong(long limit) => new(
        FailureReason.BodyTooLong, string.Create(CultureInfo.InvariantCulture, $"The body is longer than {limit} bytes"));

    internal static DownloadFailure Status(HttpResponseMessage response)
    {
        var retryAfter = response.Headers.RetryAfter;
        var wait = retryAfter?.Delta ?? retryAfter?.Date - DateTimeOffset.UtcNow;
        return new DownloadFailure(FailureReason.HttpStatus, FailureClassifier.Status(response))
        {
            StatusCode = response.StatusCode,
            RetryAfter = wait < TimeSpan.Zero ? TimeSpan.Zero : wait,
        };
    }
}

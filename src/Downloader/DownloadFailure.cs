using System.Globalization;
using System.Net;

namespace Downloader;

/// <summary>Why a download failed.</summary>
/// <param name="Reason">The kind of failure, for programs.</param>
/// <param name="Message">The reason in words. It can quote the server or the network, and is made printable: see
/// <see cref="Message"/>.</param>
public sealed record DownloadFailure(FailureReason Reason, string Message)
{
    private const int MaxPhraseLength = 100;

    internal static readonly DownloadFailure Cancelled = new(FailureReason.Cancelled, "Cancelled");
    internal static readonly DownloadFailure Timeout = new(FailureReason.Timeout, "Timed out");
    internal static readonly DownloadFailure OverallTimeout = new(FailureReason.Timeout, "Timed out, retries included");
    internal static readonly DownloadFailure NeverDownloaded = new(FailureReason.Other, "The strategy did not download it");

    /// <summary>One line for people, at most <see cref="PrintableText.DefaultMaxLength"/> characters of it, control characters
    /// escaped.</summary>
    public string Message { get; } = PrintableText.Escape(Message);

    /// <summary>The status of the response, when <see cref="Reason"/> is <see cref="FailureReason.HttpStatus"/>; otherwise null.</summary>
    public HttpStatusCode? StatusCode { get; private init; }

    /// <summary>How long the server asked to wait before another try (its Retry-After header), not negative; null when it did not
    /// ask.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    internal static DownloadFailure UnsupportedScheme(Uri uri) => new(
        FailureReason.UnsupportedScheme,
        uri.IsAbsoluteUri ? $"The scheme must be http or https, not {uri.Scheme}" : "Not an absolute http or https URI");

    internal static DownloadFailure UnsupportedRedirect(Uri target) => new(
        FailureReason.UnsupportedScheme, $"The scheme of a redirect must be http or https, not {target.Scheme}");

    internal static DownloadFailure BodyTooLong(long limit) => new(
        FailureReason.BodyTooLong, string.Create(CultureInfo.InvariantCulture, $"The body is longer than {limit} bytes"));

    internal static DownloadFailure InvalidContentLength(string value) => new(
        FailureReason.Other, $"The response has an invalid Content-Length: {value}");

    internal static DownloadFailure RedirectNotFollowed(HttpResponseMessage response, string why) =>
        Status(response, $", a redirect that was not followed: {why}");

    internal static DownloadFailure Status(HttpResponseMessage response) => Status(response, "");

    private static DownloadFailure Status(HttpResponseMessage response, string suffix)
    {
        var retryAfter = response.Headers.RetryAfter;
        var wait = retryAfter?.Delta ?? retryAfter?.Date - DateTimeOffset.UtcNow;
        // Cut by itself: what follows must not get lost behind a long reason phrase.
        var phrase = PrintableText.Escape(response.ReasonPhrase ?? "", MaxPhraseLength);
        var status = string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {phrase}").TrimEnd();
        return new DownloadFailure(FailureReason.HttpStatus, status + suffix)
        {
            StatusCode = response.StatusCode,
            RetryAfter = wait < TimeSpan.Zero ? TimeSpan.Zero : wait,
        };
    }
}

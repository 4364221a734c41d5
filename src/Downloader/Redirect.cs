using System.Net;

namespace Downloader;

/// <summary>Where a response sends the client to, and whether it may go there.</summary>
/// <remarks>The handler's own redirects are off: it would send an HTTP request to a target of any scheme.</remarks>
internal static class Redirect
{
    /// <summary>The most redirects that one download follows.</summary>
    public const int MaxRedirects = 10;

    /// <summary>Whether the status asks to go on elsewhere.</summary>
    public static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MultipleChoices or HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Finds the target.</summary>
    /// <param name="response">A redirect.</param>
    /// <param name="requested">The absolute URI that was answered.</param>
    /// <param name="followed">How many redirects this download has followed already.</param>
    /// <param name="target">An absolute http or https URI, or null when the redirect is not followed.</param>
    /// <returns>Why it is not followed, or null.</returns>
    public static DownloadFailure? FindTarget(HttpResponseMessage response, Uri requested, int followed, out Uri? target)
    {
        target = null;
        var location = response.Headers.Location;
        if (location is null || !Uri.TryCreate(requested, location.OriginalString, out var resolved))
            return DownloadFailure.RedirectNotFollowed(response, "it has no valid Location");
        if (!SupportedScheme.Includes(resolved)) return DownloadFailure.UnsupportedRedirect(resolved);
        if (requested.Scheme == Uri.UriSchemeHttps && resolved.Scheme == Uri.UriSchemeHttp)
            return DownloadFailure.RedirectNotFollowed(response, "it leads from https to http");
        if (followed == MaxRedirects) return DownloadFailure.RedirectNotFollowed(response, $"it comes after {MaxRedirects} others");
        target = resolved;
        return null;
    }
}

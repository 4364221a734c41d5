namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>Where an answer leads that is a redirect.</summary>
internal static class RedirectTarget
{
    /// <summary>The URL, safe to print; null where the answer is no redirect.</summary>
    public static string? Find(HttpResponseMessage response)
    {
        var isRedirect = (int)response.StatusCode is >= 300 and < 400;
        if (!isRedirect || response.Headers.Location is not { } location) return null;
        var isUrl = Uri.TryCreate(response.RequestMessage!.RequestUri!, location, out var target);
        return PrintableText.FromUrl(isUrl ? target!.AbsoluteUri : location.OriginalString);
    }
}

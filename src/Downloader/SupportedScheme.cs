namespace Downloader;

/// <summary>The URI schemes that can be downloaded: http and https.</summary>
internal static class SupportedScheme
{
    /// <summary>Whether a URI is absolute and of such a scheme.</summary>
    public static bool Includes(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}

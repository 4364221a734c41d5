using System.Buffers;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Paths as files tell of them.</summary>
internal static class ImportedPath
{
    private const int MaxLength = 512;

    // Characters of a path in RFC 3986 without the comma, which parts the pages of the option --pages, and without "=", which ends a path.
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+;:@%/");

    /// <summary>The path without query and fragment, since these often hold keys and names; empty where it could not be replayed.</summary>
    /// <param name="target">Path and query, or a whole URL as proxies log it.</param>
    public static ReadOnlySpan<char> From(ReadOnlySpan<char> target)
    {
        var scheme = target.IndexOf("://");
        if (scheme is > 0 and < 6)
        {
            target = target[(scheme + 3)..];
            var slash = target.IndexOf('/');
            target = slash < 0 ? "/" : target[slash..];
        }

        var end = target.IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        var canBeReplayed = path.StartsWith("/") && path.Length <= MaxLength && !path.ContainsAnyExcept(PathCharacters);
        return canBeReplayed ? path : [];
    }
}

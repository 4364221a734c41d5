namespace Downloader;

/// <summary>The headers that each request has; checked once, added to each.</summary>
/// <param name="headers">The headers, without an error that <see cref="FindError"/> names.</param>
internal sealed class RequestHeaders(IDictionary<string, string> headers)
{
    /// <summary>They are for one origin: its secrets, and its name.</summary>
    private static readonly string[] ForOneOrigin = ["Authorization", "Cookie", "Proxy-Authorization", "Host"];

    private readonly KeyValuePair<string, string>[] _all = [.. headers];
    private readonly KeyValuePair<string, string>[] _forAnyOrigin =
        [.. headers.Where(header => !ForOneOrigin.Contains(header.Key, StringComparer.OrdinalIgnoreCase))];

    /// <summary>The library's name and version, as a header has it.</summary>
    public const string DefaultUserAgent = $"Downloader.Strategies/{LibraryVersion.Text}";

    /// <summary>The first header that no request can have, with what is wrong; null when all are right.</summary>
    public static string? FindError(IDictionary<string, string> headers)
    {
        using var request = new HttpRequestMessage();
        foreach (var (name, value) in headers)
        {
            if (value is null || value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            {
                var shown = PrintableText.Escape(value ?? "null");
                return OptionError.Format($"{nameof(DownloaderOptions.Headers)}[{PrintableText.Escape(name)}]", shown, "printable ASCII");
            }

            if (!request.Headers.TryAddWithoutValidation(name, value))
                return OptionError.Format(nameof(DownloaderOptions.Headers), PrintableText.Escape(name), "names of request headers");
        }

        return null;
    }

    /// <summary>Whether two absolute URIs have the same scheme, host and port.</summary>
    public static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Adds the headers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isOtherOrigin">Whether it goes elsewhere than the download's first one: then it gets no header that is
    /// for that one only.</param>
    public void AddTo(HttpRequestMessage request, bool isOtherOrigin)
    {
        foreach (var (name, value) in isOtherOrigin ? _forAnyOrigin : _all) request.Headers.TryAddWithoutValidation(name, value);
    }
}

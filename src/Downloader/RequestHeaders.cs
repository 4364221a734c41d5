namespace Downloader;

/// <summary>The headers that each request has; checked once, added to each.</summary>
/// <param name="headers">The headers, without an error that <see cref="FindError"/> names.</param>
internal sealed class RequestHeaders(IDictionary<string, string> headers)
{
    private static readonly string[] Secrets = ["Authorization", "Cookie", "Proxy-Authorization"];

    private readonly KeyValuePair<string, string>[] _all = [.. headers];
    private readonly KeyValuePair<string, string>[] _withoutSecrets =
        [.. headers.Where(header => !Secrets.Contains(header.Key, StringComparer.OrdinalIgnoreCase))];

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
    /// <param name="isOtherOrigin">Whether it goes elsewhere than the download's first one: then it gets no header that is a
    /// secret.</param>
    public void AddTo(HttpRequestMessage request, bool isOtherOrigin)
    {
        foreach (var (name, value) in isOtherOrigin ? _withoutSecrets : _all) request.Headers.TryAddWithoutValidation(name, value);
    }
}

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>An entry of a HAR file that asked for something by http or https.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Number">Which of the file, from 1.</param>
/// <param name="Uri">What it asked for.</param>
/// <param name="Origin">Scheme, host and port.</param>
internal sealed record HarEntry(HarFile.Entry Entry, int Number, Uri Uri, string Origin)
{
    private const int MaxUrlLength = 8192;

    /// <summary>Whether it was spoken over HTTP/2 or HTTP/3. Chrome writes "h2" or "http/2.0", Firefox "HTTP/2", Safari either; of a
    /// request without an answer only its own version is known.</summary>
    public bool IsMultiplexed
    {
        get
        {
            var version = VersionOf(Entry.Response?.HttpVersion) ?? VersionOf(Entry.Request?.HttpVersion);
            return version is '2' or '3';
        }
    }

    /// <summary>Null for an entry of another scheme, such as <c>data:</c>, or without a usable URL.</summary>
    public static HarEntry? TryCreate(HarFile.Entry? entry, int number)
    {
        var url = entry?.Request?.Url;
        if (url is null || url.Length > MaxUrlLength || !Uri.TryCreate(url, UriKind.Absolute, out var uri)) return null;
        var isHttp = uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps;
        return isHttp && uri.Host.Length > 0 ? new HarEntry(entry!, number, uri, $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}") : null;
    }

    private static char? VersionOf(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 20) return null;
        var digits = text.AsSpan().TrimStart("HTPhtp/");
        return digits.Length > 0 && char.IsAsciiDigit(digits[0]) ? digits[0] : null;
    }
}

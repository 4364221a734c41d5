namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>What a calibration sends requests to: one or more URLs of one origin.</summary>
public sealed class ProbeTarget
{
    private ProbeTarget(Uri[] uris) => Uris = uris;

    /// <summary>The URLs, each once, without user name, password and fragment.</summary>
    public IReadOnlyList<Uri> Uris { get; }

    /// <summary>Scheme, host and port.</summary>
    public Uri Origin => new(Uris[0].GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));

    /// <summary>Scheme, host and port, safe to print.</summary>
    public string PrintableOrigin => PrintableText.FromUrl(Origin.AbsoluteUri);

    /// <summary>The host's name or address.</summary>
    public string Host => Uris[0].Host;

    /// <summary>The host, with its port where that is not the usual one.</summary>
    public string Source => Uris[0].IsDefaultPort ? Host : $"{Host}:{Uris[0].Port}";

    /// <summary>Whether the host is this machine.</summary>
    public bool IsLoopback => Uris[0].IsLoopback;

    /// <summary>Whether requests are encrypted.</summary>
    public bool IsHttps => Uris[0].Scheme == Uri.UriSchemeHttps;

    /// <summary>Takes the URLs as they were given.</summary>
    /// <exception cref="CalibrationException">One is no absolute http or https URL, or they are not of one origin.</exception>
    public static ProbeTarget Parse(IReadOnlyList<string> urls)
    {
        ArgumentNullException.ThrowIfNull(urls);
        Uri[] uris = [.. urls.Select(Parse).Distinct()];
        var first = uris[0];
        var other = uris.FirstOrDefault(uri => !IsSameOrigin(uri, first));
        if (other is null) return new ProbeTarget(uris);
        throw new CalibrationException($"{PrintableText.FromUrl(other.AbsoluteUri)}: must have the scheme, host and port of the first URL, "
            + $"{PrintableText.FromUrl(first.GetLeftPart(UriPartial.Authority))}: one server is calibrated at a time.");
    }

    /// <summary>Whether two URLs have the same scheme, host and port.</summary>
    internal static bool IsSameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static Uri Parse(string url)
    {
        var isHttp = Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        return isHttp
            ? new Uri(uri!.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))
            : throw new CalibrationException($"{PrintableText.FromUrl(url)}: must be an absolute http or https URL.");
    }
}

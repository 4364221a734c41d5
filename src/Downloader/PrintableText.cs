using System.Buffers;
using System.Globalization;
using System.Text;

namespace Downloader;

/// <summary>Makes text that a server or a URL dictates safe to print on one line of a terminal.</summary>
/// <remarks>Printed as it is, such text can move the cursor, change colours, ring the bell, or look like a line of the program's
/// own.</remarks>
public static class PrintableText
{
    /// <summary>The most characters <see cref="Escape"/> keeps by default.</summary>
    public const int DefaultMaxLength = 200;

    /// <summary>The most characters <see cref="FromUrl"/> keeps: long URLs are common, and a shortened one cannot be searched
    /// for.</summary>
    public const int MaxUrlLength = 2000;

    private const string HiddenUserInfo = "***";
    private static readonly SearchValues<char> AuthorityEnd = SearchValues.Create("/\\?#");

    /// <summary>Replaces what is not printable by its code, as <c>\u001B</c>, and cuts the rest off with <c>…</c> where the text is
    /// longer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most characters of <paramref name="text"/> to keep, 0 or more.</param>
    /// <returns>The same string when there is nothing to replace or to cut.</returns>
    public static string Escape(string text, int maxLength = DefaultMaxLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (text.Length <= maxLength && IsPrintableAscii(text)) return text;
        var escaped = new StringBuilder();
        foreach (var rune in text.AsSpan(0, Math.Min(text.Length, maxLength)).EnumerateRunes())
        {
            if (IsPrintable(rune)) escaped.Append(rune);
            else if (rune.IsBmp) escaped.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else escaped.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return (text.Length > maxLength ? escaped.Append('…') : escaped).ToString();
    }

    /// <summary>A URL as it was given, without its user name and password, escaped and cut after <see cref="MaxUrlLength"/>
    /// characters.</summary>
    /// <param name="url">The URL; text that is no URL is treated alike.</param>
    public static string FromUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return Escape(HideUserInfo(url), MaxUrlLength);
    }

    private static string HideUserInfo(string url)
    {
        if (!url.Contains('@', StringComparison.Ordinal)) return url;
        var isHttp = Uri.TryCreate(url, UriKind.Absolute, out var uri) && SupportedScheme.Includes(uri);
        if (isHttp && uri!.UserInfo.Length == 0) return url;
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + "://".Length;
        var length = isHttp ? url.AsSpan(start).IndexOfAny(AuthorityEnd) : -1;
        var authority = length < 0 ? url.AsSpan(start) : url.AsSpan(start, length);
        // Where it is not clear what is a password, everything before the last @ could be part of one.
        var at = authority.LastIndexOf('@');
        return at < 0 ? $"{HiddenUserInfo}{url[url.LastIndexOf('@')..]}" : $"{url[..start]}{HiddenUserInfo}{url[(start + at)..]}";
    }

    private static bool IsPrintableAscii(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}

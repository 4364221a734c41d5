using System.Globalization;
using System.Text;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The patterns of robots.txt: the beginning of a path, where <c>*</c> is anything and <c>$</c> at the end is the end.</summary>
internal static class RobotsPattern
{
    private const string Unreserved = "-._~";

    /// <summary>Whether a path matches; both normalized.</summary>
    public static bool Matches(string pattern, string path)
    {
        var isWhole = pattern.EndsWith('$');
        var parts = (isWhole ? pattern[..^1] : pattern).Split('*');
        if (!path.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var position = parts[0].Length;
        if (parts.Length == 1) return !isWhole || position == path.Length;
        foreach (var part in parts[1..^1])
        {
            var found = path.IndexOf(part, position, StringComparison.Ordinal);
            if (found < 0) return false;
            position = found + part.Length;
        }

        return isWhole
            ? path.Length - parts[^1].Length >= position && path.EndsWith(parts[^1], StringComparison.Ordinal)
            : path.IndexOf(parts[^1], position, StringComparison.Ordinal) >= 0;
    }

    /// <summary>One way of writing each octet: letters, digits and - . _ ~ as they are, those above ASCII as %XX, other %XX kept.</summary>
    public static string Normalize(string text)
    {
        var normalized = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '%' && TryReadOctet(text, index, out var octet))
            {
                var isPlain = char.IsAsciiLetterOrDigit((char)octet) || Unreserved.Contains((char)octet, StringComparison.Ordinal);
                if (isPlain) normalized.Append((char)octet);
                else AppendOctet(normalized, octet);
                index += 2;
            }
            else if (letter < 128)
            {
                normalized.Append(letter);
            }
            else
            {
                var length = char.IsHighSurrogate(letter) && index + 1 < text.Length ? 2 : 1;
                foreach (var one in Encoding.UTF8.GetBytes(text.Substring(index, length))) AppendOctet(normalized, one);
                index += length - 1;
            }
        }

        return normalized.ToString();
    }

    private static bool TryReadOctet(string text, int index, out byte octet)
    {
        octet = 0;
        return index + 2 < text.Length
            && byte.TryParse(text.AsSpan(index + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet);
    }

    private static void AppendOctet(StringBuilder text, byte octet) => text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
}

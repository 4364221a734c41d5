using System.Buffers;
using System.Globalization;
using System.Text;

namespace Downloader.Tool;

/// <summary>Makes a file name of a URL's path that is safe on every file system: one name, never a path.</summary>
internal static class FileNames
{
    /// <summary>The name where the path ends with a slash.</summary>
    public const string Index = "index.html";

    /// <summary>The longest name, in bytes of UTF-8. File systems allow 255; a number and another program's suffix must fit too.</summary>
    public const int MaxBytes = 200;

    private const char Replacement = '_';
    private const int MaxExtensionBytes = 20;

    // Windows takes none of these in a name, and gives ':' and '%' meanings of their own in places.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\:*?\"<>|");

    private static readonly HashSet<string> Reserved = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Numbered("COM"), .. Numbered("LPT")], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a URL's file: the last part of its path, with <c>_</c> in place of what a name must not have.</summary>
    /// <param name="uri">An absolute URI.</param>
    public static string FromUri(Uri uri)
    {
        var path = uri.AbsolutePath;
        var part = Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
        if (part.Length == 0) return Index;
        var name = ReplaceEnds(Shorten(ReplaceForbidden(part)));
        // "nul.txt" is the device too, and so is "nul .txt".
        var isReserved = Reserved.Contains(name.Split('.')[0].TrimEnd(' '));
        return isReserved ? Replacement + name : name;
    }

    /// <summary>The name with a number before its extension: <c>page-2.html</c>.</summary>
    public static string WithNumber(string name, int number)
    {
        var extension = ExtensionOf(name);
        return string.Create(CultureInfo.InvariantCulture, $"{name[..^extension.Length]}-{number}{extension}");
    }

    private static string ReplaceForbidden(string part)
    {
        var name = new StringBuilder(part.Length);
        foreach (var rune in part.EnumerateRunes())
        {
            if (IsAllowed(rune)) name.Append(rune);
            else name.Append(Replacement);
        }

        return name.ToString();
    }

    /// <summary>A name that begins with a dot is hidden, or is <c>..</c>; Windows drops dots and spaces at the end.</summary>
    private static string ReplaceEnds(string name)
    {
        var begin = name.AsSpan().IndexOfAnyExcept('.', ' ');
        if (begin < 0) return new string(Replacement, name.Length);
        var end = name.AsSpan().LastIndexOfAnyExcept('.', ' ') + 1;
        return $"{new string(Replacement, begin)}{name[begin..end]}{new string(Replacement, name.Length - end)}";
    }

    /// <summary>Cut before its extension, between two characters.</summary>
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxBytes) return name;
        var extension = ExtensionOf(name);
        var bytes = Encoding.UTF8.GetByteCount(extension);
        var begin = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes) break;
            begin.Append(rune);
        }

        return begin.Append(extension).ToString();
    }

    private static string ExtensionOf(string name)
    {
        var extension = Path.GetExtension(name);
        return Encoding.UTF8.GetByteCount(extension) <= MaxExtensionBytes ? extension : "";
    }

    /// <summary>Not what a terminal or a file manager would act on: controls, and marks that turn the direction of text.</summary>
    private static bool IsAllowed(Rune rune)
    {
        var isForbidden = rune.IsBmp && Forbidden.Contains((char)rune.Value);
        return !isForbidden && rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse);
    }

    private static IEnumerable<string> Numbered(string device) => "0123456789¹²³".Select(digit => $"{device}{digit}");
}

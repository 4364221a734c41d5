namespace Downloader.MockServer.Client;

/// <summary>Text of unknown origin, made safe to be printed as a part of one line.</summary>
public static class SingleLine
{
    /// <summary>The text without control characters and cut to so many: a terminal must not interpret it, and an error stays one
    /// line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">How many characters of it are kept; where there are more, "…" follows.</param>
    public static string From(string text, int maxLength = 300)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isCut = text.Length > maxLength;
        var visible = string.Concat(text.Take(maxLength).Select(character => IsPrintable(character) ? character : ' ')).Trim();
        return isCut ? visible + "…" : visible;
    }

    // The line and paragraph separators, and the marks that change the direction of text, are no control characters to .NET.
    private static bool IsPrintable(char character) =>
        !char.IsControl(character)
        && character is not ('\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));
}

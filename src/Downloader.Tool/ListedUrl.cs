namespace Downloader.Tool;

/// <summary>One URL of the list to download, or text that cannot be one.</summary>
/// <param name="Text">The text as it was given.</param>
/// <param name="Uri">The URI, or null when the text is not downloaded.</param>
/// <param name="Error">Why it is not downloaded, or null.</param>
internal sealed record ListedUrl(string Text, Uri? Uri, string? Error)
{
    /// <summary>The most characters a URL can have.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Checks a text from the command line or an input file.</summary>
    public static ListedUrl Create(string text)
    {
        if (text.Length > MaxLength) return new ListedUrl(text, null, $"a URL must have at most {MaxLength} characters");
        return Uri.TryCreate(text, UriKind.Absolute, out var uri)
            ? new ListedUrl(text, uri, null)
            : new ListedUrl(text, null, "must be an absolute http or https URL");
    }
}

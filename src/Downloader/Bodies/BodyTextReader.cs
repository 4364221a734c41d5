using System.Text;

namespace Downloader;

/// <summary>The body as text.</summary>
internal sealed class BodyTextReader : BufferedReader<string>
{
    /// <summary>The longest mark first: that of UTF-16 is the beginning of that of UTF-32.</summary>
    private static readonly Encoding[] Marked =
        [Encoding.UTF8, Encoding.UTF32, new UTF32Encoding(bigEndian: true, true), Encoding.Unicode, Encoding.BigEndianUnicode];

    /// <summary>Here, not where all readers are listed: a trimmed program that reads no text need not contain the code pages.</summary>
    public static BodyTextReader Instance { get; } = new();

    protected override string Convert(DownloadBody body, ReadOnlySpan<byte> content)
    {
        var named = body.Headers.ContentType?.CharSet is { Length: > 0 } charset ? Find(charset.Trim('"', '\'')) : null;
        var encoding = named ?? FindByMark(content) ?? Encoding.UTF8;
        var hasMark = encoding.Preamble.Length > 0 && content.StartsWith(encoding.Preamble);
        return encoding.GetString(hasMark ? content[encoding.Preamble.Length..] : content);
    }

    private static Encoding? FindByMark(ReadOnlySpan<byte> content)
    {
        foreach (var encoding in Marked)
        {
            if (content.StartsWith(encoding.Preamble)) return encoding;
        }

        return null;
    }

    private static Encoding Find(string charset)
    {
        try
        {
            // .NET itself knows the Unicode encodings and Latin-1; the provider has what older pages use.
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException($"The charset {charset} is not known");
        }
    }
}

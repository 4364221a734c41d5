using System.Text;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>Reads URLs from text, one a line. Blank lines and lines that begin with # are skipped.</summary>
internal static class UrlListReader
{
    /// <summary>Reads the lines one by one, and keeps of a line only as much as shows that it is too long for a URL, so that a line of any
    /// length needs little memory.</summary>
    /// <param name="reader">The text.</param>
    /// <returns>The lines, without white space around them, the longer ones cut to one character more than
    /// <see cref="ListedUrl.MaxLength"/>.</returns>
    public static IEnumerable<string> Read(TextReader reader)
    {
        var buffer = new char[16 * 1024];
        var line = new StringBuilder();
        for (var count = reader.Read(buffer); count > 0; count = reader.Read(buffer))
        {
            for (var i = 0; i < count; i++)
            {
                var letter = buffer[i];
                var isIndent = line.Length == 0 && char.IsWhiteSpace(letter);
                if (letter is '\n' or '\r')
                {
                    if (TakeUrl(line) is { } url) yield return url;
                }
                else if (!isIndent && line.Length <= ListedUrl.MaxLength)
                {
                    line.Append(letter);
                }
            }
        }

        if (TakeUrl(line) is { } last) yield return last;
    }

    private static string? TakeUrl(StringBuilder line)
    {
        var text = line.ToString().TrimEnd();
        line.Clear();
        return text.Length == 0 || text[0] == '#' ? null : text;
    }
}

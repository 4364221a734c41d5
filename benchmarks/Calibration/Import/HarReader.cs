using System.Text.Json;
using System.Text.RegularExpressions;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads a HAR file, without what it means.</summary>
internal static partial class HarReader
{
    /// <summary>The largest file that is read.</summary>
    public const long MaxBytes = 200L * 1024 * 1024;

    // Numbers may stand in quotes; Chrome's stacks of callers nest deeper than the usual 64.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { MaxDepth = 2000 };

    /// <summary>Its entries, in order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The file, as errors name it.</param>
    /// <exception cref="CalibrationException">It is none, or cannot be read.</exception>
    public static IReadOnlyList<HarFile.Entry?> Read(string path, string name)
    {
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length == 0) throw new CalibrationException($"{name}: is empty; it must be a HAR file (JSON)");
            if (stream.Length > MaxBytes)
            {
                var size = $"{stream.Length / 1024 / 1024} MB; it must be at most {MaxBytes / 1024 / 1024} MB";
                throw new CalibrationException($"{name}: holds {size}: export it without contents");
            }

            var entries = JsonSerializer.Deserialize<HarFile>(stream, Options)?.Log?.Entries;
            if (entries is null) throw new CalibrationException($"{name}: is no HAR file: it has no log.entries");
            if (entries.Count == 0) throw new CalibrationException($"{name}: log.entries is empty: the browser recorded no request");
            return entries;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new CalibrationException($"{name}: cannot be read: {PrintableText.Escape(e.Message)}");
        }
        catch (InvalidDataException e)
        {
            throw new CalibrationException($"{name}: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new CalibrationException($"{name}: {Explain(e)}");
        }
    }

    private static string Explain(JsonException error)
    {
        var entry = EntryIndex().Match(error.Path ?? "");
        var place = entry.Success && int.TryParse(entry.Groups[1].Value, out var index) ? $"entry {index + 1}" : "the beginning";
        var line = (error.LineNumber ?? 0) + 1;
        var column = (error.BytePositionInLine ?? 0) + 1;
        // Where the text itself is broken, the reader's own error is inside.
        if (error.InnerException is not JsonException)
            return $"is no HAR file: {PrintableText.Escape(error.Path ?? "$")} is not what HAR 1.2 has there (line {line}, byte {column})";
        var reason = ReaderPosition().Replace(error.Message, "").TrimEnd('.', ' ');
        return $"is broken or cut off at line {line}, byte {column}, in {place}: {PrintableText.Escape(reason)}";
    }

    [GeneratedRegex(@"^\$\.log\.entries\[(\d+)\]")]
    private static partial Regex EntryIndex();

    [GeneratedRegex(@" (Path: |LineNumber: ).*$", RegexOptions.Singleline)]
    private static partial Regex ReaderPosition();
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads what a browser saw of a server from a HAR 1.2 file, which the network panel of every browser exports.</summary>
public static class HarImporter
{
    private const string MultiplexedNote = "The browser spoke HTTP/2 or HTTP/3; the replay speaks HTTP/2 in clear text.";

    /// <summary>Reads the requests to one origin: that with the most.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CalibrationException">It cannot be read, is no HAR file, or holds no successful GET.</exception>
    public static Observations Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = PrintableText.Escape(path);
        var entries = HarReader.Read(path, name);
        var located = entries.Select((entry, index) => HarEntry.TryCreate(entry, index + 1)).OfType<HarEntry>().ToList();
        if (located.Count == 0)
            throw new CalibrationException($"{name}: none of its {NoteText.Count(entries.Count, "request")} went to an http or https URL");
        var ofOrigin = located.GroupBy(entry => entry.Origin).MaxBy(group => group.Count())!.ToList();
        var conversion = new HarConversion(name);
        List<ImportedRequest> requests = [.. ofOrigin.Select(conversion.Convert).OfType<ImportedRequest>()];
        var isMultiplexed = ofOrigin.Count(entry => entry.IsMultiplexed) * 2 > ofOrigin.Count;
        return new ImportedObservations
        {
            File = name,
            Source = ofOrigin[0].Uri.Authority,
            Kind = CalibrationSource.Har,
            Protocol = ProtocolOf(ofOrigin[0].Uri, isMultiplexed),
            Requests = requests,
            LeftOut = [.. NotesOnOthers(entries.Count - ofOrigin.Count, ofOrigin[0].Uri.Authority), .. conversion.GetNotes()],
            Notes = isMultiplexed ? [MultiplexedNote] : [],
            HasPreciseTimes = true,
        }.ToObservations();
    }

    private static WireProtocol ProtocolOf(Uri uri, bool isMultiplexed)
    {
        if (isMultiplexed) return WireProtocol.Http2;
        return uri.Scheme == Uri.UriSchemeHttps ? WireProtocol.Https : WireProtocol.Http1;
    }

    private static IEnumerable<string> NotesOnOthers(int count, string host)
    {
        if (count > 0) yield return $"{NoteText.CountWas(count, "request")} left out: they did not go to {host}.";
    }
}

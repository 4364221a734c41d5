using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads what a server logged of itself: an access log of nginx or Apache that holds how long each request took.</summary>
public static class AccessLogImporter
{
    private const int TriedLines = 200;

    /// <summary>Reads the GETs of a log; of more than 200,000 requests the last.</summary>
    /// <param name="path">The file; one that ends with <c>.gz</c> is unpacked.</param>
    /// <param name="format">As in nginx's <c>log_format</c> or Apache's <c>LogFormat</c>; null: the combined format of either, with
    /// <c>$request_time</c> or <c>%D</c> behind, whichever fits.</param>
    /// <exception cref="CalibrationException">The file cannot be read, more than 1 % of its lines are of another format, it holds no
    /// successful GET, or the format lacks what is needed.</exception>
    public static Observations Read(string path, string? format)
    {
        ArgumentNullException.ThrowIfNull(path);
        var name = PrintableText.Escape(path);
        var given = format is null ? null : LogFormat.Parse(format);
        try
        {
            return Read(path, name, given ?? Choose(path, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            throw new CalibrationException($"{name}: cannot be read: {PrintableText.Escape(e.Message)}");
        }
    }

    private static Observations Read(string path, string name, LogFormat format)
    {
        var log = new LogReader(format);
        using (var text = LogFile.Open(path)) log.Read(text);
        CheckNotEmpty(name, log);
        if (log.HasTooManyBadLines)
        {
            throw new CalibrationException(
                $"{name}: {log.DescribeBadLines()} fit {format.Name}: {log.FirstBadText}");
        }

        var requests = LogTimes.Place(log.Requests, format);
        var isMultiplexed = log.Requests.Count(request => request.IsMultiplexed) * 2 > log.Requests.Count;
        return new ImportedObservations
        {
            File = name,
            Source = Path.GetFileName(path),
            Kind = CalibrationSource.AccessLog,
            Protocol = isMultiplexed ? WireProtocol.Http2 : WireProtocol.Http1,
            Requests = requests,
            Notes = [$"Read as {format.Name}.", .. LogTimes.GetNotes(log.Requests, format)],
            LeftOut = [.. log.GetNotes()],
            HasPreciseTimes = format.HasPreciseTimes,
        }.ToObservations();
    }

    private static LogFormat Choose(string path, string name)
    {
        LogReader? first = null;
        foreach (var format in LogFormat.Defaults)
        {
            var trial = new LogReader(format);
            using (var text = LogFile.Open(path)) trial.Read(text, TriedLines);
            CheckNotEmpty(name, trial);
            first ??= trial;
            if (trial.GoodLines * 2 > trial.Lines) return format;
        }

        throw new CalibrationException(
            $"{name}: line {first!.FirstBadLine} is neither {LogFormat.Defaults[0].Name} nor {LogFormat.Defaults[3].Name}; "
            + $"name its format by --log-format: {first.FirstBadText}");
    }

    private static void CheckNotEmpty(string name, LogReader log)
    {
        if (log.Lines == 0) throw new CalibrationException($"{name}: is empty; it must be an access log of nginx or Apache");
    }
}

using System.Runtime.InteropServices;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Places the requests of a log in time.</summary>
internal static class LogTimes
{
    /// <summary>Requests with their starts. Where only the second is known, those of a second are spread over it in the order of the file;
    /// a duration below the resolution is taken as half of it.</summary>
    public static List<ImportedRequest> Place(IReadOnlyCollection<LogRequest> requests, LogFormat format)
    {
        var perSecond = format.HasPreciseTimes ? null : CountPerSecond(requests);
        var places = new Dictionary<DateTimeOffset, int>();
        return [.. requests.Select(request => Convert(request, format, Offset(request.Time)))];

        TimeSpan Offset(DateTimeOffset second)
        {
            if (perSecond is null) return TimeSpan.Zero;
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, second, out _);
            return TimeSpan.FromSeconds((place++ + 0.5) / perSecond[second]);
        }
    }

    /// <summary>What the times do not tell, a sentence each.</summary>
    public static IEnumerable<string> GetNotes(IReadOnlyCollection<LogRequest> requests, LogFormat format)
    {
        yield return "The durations are the server's own: the network between it and its clients is not in them.";
        var shortest = requests.Count(request => request.Duration < format.Resolution);
        if (shortest > 0)
        {
            var resolution = format.Resolution.TotalMilliseconds;
            var were = NoteText.CountWas(shortest, "request");
            yield return FormattableString.Invariant($"{were} logged as 0: taken as half of {resolution} ms.");
        }

        if (!format.HasPreciseTimes)
            yield return "Only the second of each request is known: the most that were in flight is an estimate.";
    }

    private static ImportedRequest Convert(LogRequest request, LogFormat format, TimeSpan offset)
    {
        var duration = request.Duration < format.Resolution ? format.Resolution / 2 : request.Duration;
        var time = request.Time + offset;
        return new ImportedRequest
        {
            Sent = format.IsTimeOfEnd ? time - duration : time,
            Duration = duration,
            Status = request.Status,
            Outcome = request.Outcome,
            BodyBytes = request.Bytes,
            Path = request.Path,
        };
    }

    private static Dictionary<DateTimeOffset, int> CountPerSecond(IEnumerable<LogRequest> requests) =>
        requests.CountBy(request => request.Time).ToDictionary();
}

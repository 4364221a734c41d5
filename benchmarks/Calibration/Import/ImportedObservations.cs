using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Makes observations of what a file tells.</summary>
internal sealed record ImportedObservations
{
    /// <summary>The file, as errors name it.</summary>
    public required string File { get; init; }

    /// <summary>The host or the file's name.</summary>
    public required string Source { get; init; }

    /// <summary>What kind of file it is.</summary>
    public required CalibrationSource Kind { get; init; }

    /// <summary>The protocol.</summary>
    public required WireProtocol Protocol { get; init; }

    /// <summary>All requests that the server had to do with, in any order.</summary>
    public required IReadOnlyList<ImportedRequest> Requests { get; init; }

    /// <summary>What was left out, a sentence each.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>What else a reader must know, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Whether times are known to a millisecond.</summary>
    public required bool HasPreciseTimes { get; init; }

    /// <summary>The observations.</summary>
    /// <exception cref="CalibrationException">No request succeeded.</exception>
    public Observations ToObservations()
    {
        var sent = Requests.OrderBy(request => request.Sent).ToList();
        var pages = new ImportedPages(sent);
        if (pages.Pages.Count == 0)
        {
            throw new CalibrationException(string.Join(
                ' ', [$"{File}: holds no successful GET of a path that can be replayed, so nothing can be learnt from it.", .. LeftOut]));
        }

        var inFlight = InFlightSweep.Count(sent);
        var requests = sent.Zip(inFlight)
            .Where(pair => pair.First.Outcome is not null)
            .Select(pair => Observe(pair.First, HasPreciseTimes ? pair.Second : 0, sent[0].Sent, pages))
            .ToList();
        return new Observations(requests, pages.Pages)
        {
            Source = Source,
            Kind = Kind,
            Date = DateOnly.FromDateTime(sent[^1].Sent.DateTime),
            Protocol = Protocol,
            Notes = [.. Notes, .. LeftOut, .. NotesOn(pages)],
            MaxWorkers = inFlight.Max(),
            HasPreciseTimes = HasPreciseTimes,
        };
    }

    private static ObservedRequest Observe(ImportedRequest request, int inFlight, DateTimeOffset start, ImportedPages pages)
    {
        var sent = request.Sent - start;
        return new ObservedRequest
        {
            Sent = sent,
            // A log knows no more than that the head had come by the end.
            AnswerBegan = request.Status is null ? null : sent + (request.UntilAnswer ?? request.Duration),
            Ended = sent + request.Duration,
            Status = request.Status,
            Outcome = request.Outcome!.Value,
            BodyBytes = request.BodyBytes,
            Page = pages.IndexOf(request),
            NewConnection = request.NewConnection,
            RetryAfter = request.RetryAfter,
            Workers = inFlight,
        };
    }

    private static IEnumerable<string> NotesOn(ImportedPages pages)
    {
        if (pages.Reassigned == 0) yield break;
        yield return $"{NoteText.CountWas(pages.Reassigned, "request")} for paths beyond the {pages.Pages.Count} pages that are kept; "
            + "each counts for the page whose size is closest.";
    }
}

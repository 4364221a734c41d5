using System.Globalization;
using System.Text.Json;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Makes requests of HAR entries, and counts what it leaves out.</summary>
/// <param name="file">The file, as errors name it.</param>
internal sealed class HarConversion(string file)
{
    private const double MaxMilliseconds = 24 * 60 * 60 * 1000;
    private const double MaxBodyBytes = 1L << 50;
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromDays(1);

    /// <summary>What a duration of 0 is taken as: browsers that write whole milliseconds write 0 for less than one.</summary>
    private static readonly TimeSpan HalfMillisecond = TimeSpan.FromMilliseconds(0.5);

    private int _cached;
    private int _untimed;
    private int _otherMethods;
    private int _otherStatuses;
    private int _abandoned;
    private int _zeroDurations;

    /// <summary>The request of an entry; null when it did not reach the server, or cannot be placed in time.</summary>
    /// <exception cref="CalibrationException">A time of the entry is none.</exception>
    public ImportedRequest? Convert(HarEntry har)
    {
        var entry = har.Entry;
        if (IsCached(entry)) return Skip(ref _cached);
        if (IsAbandoned(entry)) return Skip(ref _abandoned);
        if (entry.StartedDateTime is null || entry.Timings?.Wait is null) return Skip(ref _untimed);
        // The browser's own queue is no part of a request. Its connection is, as it is where a calibration sends the request itself.
        var connection = ConnectionOf(har);
        var connecting = Time(har, "dns", entry.Timings.Dns) + Time(har, "connect", entry.Timings.Connect);
        var untilSent = Time(har, "blocked", entry.Timings.Blocked) + (connection is null ? connecting : TimeSpan.Zero);
        var untilAnswer = (connection is null ? TimeSpan.Zero : connecting)
            + Time(har, "send", entry.Timings.Send)
            + Time(har, "wait", entry.Timings.Wait);
        var duration = untilAnswer + Time(har, "receive", entry.Timings.Receive);
        var isZero = duration == TimeSpan.Zero;
        if (isZero) _zeroDurations++;
        var outcome = OutcomeOf(entry);
        var path = ImportedPath.From(har.Uri.AbsolutePath).ToString();
        return new ImportedRequest
        {
            Sent = StartOf(har) + untilSent,
            Duration = isZero ? HalfMillisecond : duration,
            UntilAnswer = isZero ? HalfMillisecond : untilAnswer,
            Status = StatusOf(entry),
            Outcome = outcome,
            BodyBytes = BodyBytesOf(entry.Response),
            Path = path.Length > 0 ? path : null,
            NewConnection = connection,
            RetryAfter = outcome is ObservedOutcome.Refused or ObservedOutcome.RateLimited ? RetryAfterOf(entry.Response?.Headers) : null,
        };
    }

    /// <summary>What was left out or taken otherwise, a sentence each.</summary>
    public IEnumerable<string> GetNotes()
    {
        if (_cached > 0) yield return $"{NoteText.CountWas(_cached, "answer")} left out: from the browser's cache, or 304.";
        if (_abandoned > 0) yield return $"{NoteText.CountWas(_abandoned, "request")} left out: blocked or given up by the browser.";
        if (_untimed > 0) yield return $"{NoteText.CountWas(_untimed, "request")} left out: the file holds no times of them.";
        if (_otherMethods > 0) yield return $"{NoteText.CountWas(_otherMethods, "request")} left out: the method is not GET.";
        if (_otherStatuses > 0)
            yield return $"{NoteText.CountWas(_otherStatuses, "answer")} left out: {ImportedOutcome.NeitherNor}.";
        if (_zeroDurations > 0) yield return $"{NoteText.CountWas(_zeroDurations, "request")} recorded as 0 ms: taken as half of 1 ms.";
    }

    private static ImportedRequest? Skip(ref int counter)
    {
        counter++;
        return null;
    }

    // An entry from a cache has no time; what a service worker answered has another entry if it was fetched at all.
    private static bool IsCached(HarFile.Entry entry)
    {
        var isFromCache = IsSet(entry.FromCache) || IsSet(entry.Response?.FetchedViaServiceWorker ?? default);
        var isOtherSource = TextOf(entry.FetchType) is { } fetch && fetch.Length > 0 && fetch != "Network Load";
        var hasAnswer = StatusOf(entry) is not null;
        var isWithoutTransfer = hasAnswer && entry.Response?.TransferSize == 0;
        return isFromCache || isOtherSource || isWithoutTransfer || StatusOf(entry) == 304 || hasAnswer && entry.Time is <= 0;
    }

    // Without a status and without a reason that lies with the server or the network.
    private static bool IsAbandoned(HarFile.Entry entry)
    {
        if (StatusOf(entry) is not null) return false;
        var error = TextOf(entry.Response?.Error ?? default) ?? "";
        var isOfBrowser = error.Contains("ABORTED", StringComparison.Ordinal) || error.Contains("BLOCKED", StringComparison.Ordinal);
        return error.Length == 0 || isOfBrowser;
    }

    private static bool IsSet(JsonElement value) =>
        value.ValueKind == JsonValueKind.True || TextOf(value) is { Length: > 0 };

    private static string? TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? StatusOf(HarFile.Entry entry)
    {
        var status = entry.Response?.Status ?? 0;
        return status is >= 100 and < 1000 ? (int)status : null;
    }

    private ObservedOutcome? OutcomeOf(HarFile.Entry entry)
    {
        if (!string.Equals(entry.Request?.Method, "GET", StringComparison.OrdinalIgnoreCase))
        {
            _otherMethods++;
            return null;
        }

        if (StatusOf(entry) is not { } status)
        {
            var error = TextOf(entry.Response?.Error ?? default) ?? "";
            return error.Contains("TIMED_OUT", StringComparison.Ordinal) ? ObservedOutcome.TimedOut : ObservedOutcome.Failed;
        }

        var outcome = ImportedOutcome.FromStatus(status);
        if (outcome is null) _otherStatuses++;
        return outcome;
    }

    private DateTimeOffset StartOf(HarEntry har)
    {
        var text = har.Entry.StartedDateTime!;
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var start);
        // The bounds leave room for what is added.
        if (isTime && start.Year is > 1970 and < 9000) return start;
        throw new CalibrationException(
            $"{file}: startedDateTime of entry {har.Number} is {PrintableText.Escape(text, 60)}; it must be a time as ISO 8601 has it");
    }

    // -1 says that a part does not apply.
    private TimeSpan Time(HarEntry har, string part, double? milliseconds)
    {
        if (milliseconds is not { } value || value <= 0) return TimeSpan.Zero;
        if (value <= MaxMilliseconds) return TimeSpan.FromMilliseconds(value);
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        throw new CalibrationException(
            $"{file}: timings.{part} of entry {har.Number} is {text}; it must be at most a day, in milliseconds");
    }

    // The connection's time includes the handshake. Firefox writes 0, not -1, for a connection that was open.
    private ConnectionTiming? ConnectionOf(HarEntry har)
    {
        var timings = har.Entry.Timings!;
        var connect = Time(har, "connect", timings.Connect);
        if (connect == TimeSpan.Zero) return null;
        var dns = Time(har, "dns", timings.Dns);
        var tls = Time(har, "ssl", timings.Ssl);
        var tcp = connect > tls ? connect - tls : connect;
        return new ConnectionTiming(dns > TimeSpan.Zero ? dns : null, tcp, tls > TimeSpan.Zero ? tls : null);
    }

    // The length of the body; where the browser does not tell, what came over the wire.
    private static long BodyBytesOf(HarFile.ResponsePart? response)
    {
        var size = response?.Content?.Size is > 0 ? response.Content.Size : response?.BodySize;
        return (long)Math.Clamp(size ?? 0, 0, MaxBodyBytes);
    }

    private static TimeSpan? RetryAfterOf(HarFile.HeaderList? headers)
    {
        var text = headers?.RetryAfter;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(Math.Min(seconds, MaxRetryAfter.TotalSeconds));
        if (!TryParseDate(text, out var until) || !TryParseDate(headers?.Date, out var date)) return null;
        var wait = until - date;
        return wait > TimeSpan.Zero && wait <= MaxRetryAfter ? wait : null;
    }

    private static bool TryParseDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}

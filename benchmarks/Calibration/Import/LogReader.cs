namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads a log in one format, line by line. It keeps the last requests only.</summary>
/// <param name="format">The format.</param>
internal sealed class LogReader(LogFormat format)
{
    /// <summary>The most requests that are kept.</summary>
    public const int MaxRequests = 200_000;

    private const int MaxSharedPaths = 10_000;
    private const int EarlyEnd = 1_000;
    private const double MaxBadShare = 0.01;

    private readonly Queue<LogRequest> _requests = new();
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private long _badLines;
    private long _read;
    private long _otherMethods;
    private long _otherStatuses;
    private long _untimed;
    private bool _isCutOff;

    /// <summary>The number of the first line that does not fit; null for none.</summary>
    public long? FirstBadLine { get; private set; }

    /// <summary>What that line holds.</summary>
    public string FirstBadText { get; private set; } = "";

    /// <summary>Whether more lines do not fit than may be skipped.</summary>
    public bool HasTooManyBadLines => _badLines > Lines * MaxBadShare;

    /// <summary>How many lines were read, without empty ones.</summary>
    public long Lines { get; private set; }

    /// <summary>How many lines fitted.</summary>
    public long GoodLines => Lines - _badLines;

    /// <summary>The requests, in the order of the file.</summary>
    public IReadOnlyCollection<LogRequest> Requests => _requests;

    /// <summary>Reads lines.</summary>
    /// <param name="text">The log.</param>
    /// <param name="maxLines">How many.</param>
    public void Read(TextReader text, long maxLines = long.MaxValue)
    {
        var reader = new BoundedLineReader(text);
        while (reader.Number < maxLines && reader.TryRead(out var line))
        {
            if (line.IsWhiteSpace() && !reader.IsTooLong) continue;
            if (!reader.IsTooLong && format.TryRead(line, out var fields))
            {
                Lines++;
                Keep(fields);
                continue;
            }

            // The last line may be half written.
            _isCutOff = !reader.IsTerminated && Lines > 0;
            if (_isCutOff) break;
            Lines++;
            _badLines++;
            if (FirstBadLine is null) (FirstBadLine, FirstBadText) = (reader.Number, PrintableText.Escape(line.ToString(), 80));
            var isHopeless = _badLines >= EarlyEnd && _badLines > GoodLines;
            if (isHopeless) break;
        }
    }

    /// <summary>"3 of 90 lines, the first is line 7, do not".</summary>
    public string DescribeBadLines()
    {
        var verb = _badLines == 1 ? "does not" : "do not";
        return $"{_badLines} of {NoteText.Count(Lines, "line")}, the first is line {FirstBadLine}, {verb}";
    }

    /// <summary>What was left out, a sentence each.</summary>
    public IEnumerable<string> GetNotes()
    {
        if (_badLines > 0)
            yield return $"{NoteText.CountWas(_badLines, "line")} skipped: not of this format, the first is line {FirstBadLine}.";
        if (_isCutOff) yield return "The last line was skipped: it is cut off.";
        if (_read > MaxRequests) yield return $"Of {NoteText.Count(_read, "request")} only the last 200,000 were used.";
        if (_otherMethods > 0) yield return $"{NoteText.CountWas(_otherMethods, "request")} left out: the method is not GET.";
        if (_otherStatuses > 0)
            yield return $"{NoteText.CountWas(_otherStatuses, "answer")} left out: {ImportedOutcome.NeitherNor}.";
        if (_untimed > 0) yield return $"{NoteText.CountWas(_untimed, "request")} left out: the line holds no duration.";
    }

    private void Keep(LogLine line)
    {
        if (line.Duration is not { } duration)
        {
            _untimed++;
            return;
        }

        var isGet = line.Method is "GET";
        var outcome = isGet ? ImportedOutcome.FromStatus(line.Status) : null;
        if (!isGet) _otherMethods++;
        else if (outcome is null) _otherStatuses++;
        _read++;
        _requests.Enqueue(new LogRequest(
            line.Time, duration, line.Status, outcome, line.Bytes, Share(ImportedPath.From(line.Target)), line.IsMultiplexed));
        if (_requests.Count > MaxRequests) _requests.Dequeue();
    }

    private string? Share(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty) return null;
        if (_paths.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path, out var known)) return known;
        var text = path.ToString();
        if (_paths.Count < MaxSharedPaths) _paths.Add(text);
        return text;
    }
}

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>The format of an access log.</summary>
internal sealed class LogFormat
{
    private const string TimesThatCount =
        "$msec, $time_local or $time_iso8601 of nginx, or %t, %{msec}t or %{usec}t of Apache";

    private const string DurationsThatCount = "$request_time or $upstream_response_time of nginx, or %D, %{us}T, %{ms}T or %T of Apache";

    private readonly List<LogField> _fields;
    private readonly string _textAfter;
    private readonly LogField _time;
    private readonly LogField? _fraction;
    private readonly LogField _duration;
    private readonly LogField? _bytes;
    private readonly LogFieldParser _parser = new();

    private LogFormat(string name, List<LogField> fields, string textAfter)
    {
        Name = name;
        (_fields, _textAfter) = (fields, textAfter);
        Require(Has(LogValue.Status), "a status", "$status of nginx or %>s of Apache");
        var hasRequest = Has(LogValue.Request) || Has(LogValue.Method) && Has(LogValue.Target);
        Require(hasRequest, "a request", "$request of nginx or %r of Apache");
        _time = Best(field => field.IsTime) ?? throw Missing("a time", TimesThatCount);
        _duration = Best(field => field.IsDuration) ?? throw Missing("a duration", DurationsThatCount);
        _bytes = Best(field => field.Value is LogValue.Bytes or LogValue.BodyBytes);
        _fraction = _time.IsPreciseTime ? null : Best(field => field.IsFraction && field.IsAtEnd == _time.IsAtEnd);
        for (var index = 1; index < fields.Count; index++)
        {
            if (fields[index].TextBefore.Length == 0)
                throw Error("two fields follow each other with nothing between them: where one ends cannot be told");
        }
    }

    /// <summary>nginx's and Apache's combined formats with a duration behind.</summary>
    public static IReadOnlyList<LogFormat> Defaults { get; } =
    [
        Create("nginx's combined format and $request_time", NginxCombined + " $request_time"),
        Create("nginx's combined format, $request_time and $upstream_response_time",
            NginxCombined + " $request_time $upstream_response_time"),
        Create("nginx's main format and $request_time", NginxCombined + " \"$http_x_forwarded_for\" $request_time"),
        Create("Apache's combined format and %D", ApacheCommon + " \"%{Referer}i\" \"%{User-Agent}i\" %D"),
        Create("Apache's common format and %D", ApacheCommon + " %D"),
    ];

    /// <summary>What it is, as notes and errors say it.</summary>
    public string Name { get; }

    /// <summary>Whether the time of a line is that of its end.</summary>
    public bool IsTimeOfEnd => _time.IsAtEnd;

    /// <summary>Whether times are known to a millisecond.</summary>
    public bool HasPreciseTimes => _time.IsPreciseTime || _fraction is not null;

    /// <summary>The smallest difference between two durations.</summary>
    public TimeSpan Resolution => _duration.Value switch
    {
        LogValue.DurationMicroseconds => TimeSpan.FromMicroseconds(1),
        LogValue.DurationWholeSeconds => TimeSpan.FromSeconds(1),
        _ => TimeSpan.FromMilliseconds(1),
    };

    private static string NginxCombined =>
        """$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" """.TrimEnd();

    private static string ApacheCommon => """%h %l %u %t "%r" %>s %b""";

    /// <summary>The format that a text describes.</summary>
    /// <param name="text">As in nginx's <c>log_format</c> or Apache's <c>LogFormat</c>.</param>
    /// <exception cref="CalibrationException">It is neither, or does not hold what a calibration needs.</exception>
    public static LogFormat Parse(string text) => Create(PrintableText.Escape(text, 400), text);

    /// <summary>Reads a line.</summary>
    /// <param name="text">The line.</param>
    /// <param name="line">What it tells; it refers to the text.</param>
    /// <returns>Whether the line has this format.</returns>
    public bool TryRead(ReadOnlySpan<char> text, out LogLine line)
    {
        line = default;
        for (var index = 0; index < _fields.Count; index++)
        {
            var field = _fields[index];
            if (!text.StartsWith(field.TextBefore, StringComparison.Ordinal)) return false;
            text = text[field.TextBefore.Length..];
            var textAfter = index + 1 < _fields.Count ? _fields[index + 1].TextBefore : _textAfter;
            var length = LengthOf(field, text, textAfter);
            if (length < 0 || IsUsed(field) && !_parser.TryParse(field, text[..length], ref line)) return false;
            text = text[length..];
        }

        return text.SequenceEqual(_textAfter);
    }

    private static LogFormat Create(string name, string text)
    {
        if (NginxFormatReader.IsNginx(text))
        {
            var (fields, after) = NginxFormatReader.Read(text);
            return new LogFormat(name, fields, after);
        }

        if (ApacheFormatReader.IsApache(text))
        {
            var (fields, after) = ApacheFormatReader.Read(text);
            return new LogFormat(name, fields, after);
        }

        throw new CalibrationException(
            $"--log-format {name}: must be as in nginx's log_format, with variables such as $status, or as in Apache's LogFormat, as %>s");
    }

    private static int LengthOf(LogField field, ReadOnlySpan<char> text, string textAfter)
    {
        if (textAfter.Length == 0) return text.Length;
        var isQuoted = field.TextBefore.EndsWith('"') && textAfter[0] == '"';
        if (isQuoted) return LengthInQuotes(text);
        var length = text.IndexOf(textAfter, StringComparison.Ordinal);
        while (field.IsList && length >= 0 && IsWithinList(text, length))
        {
            var more = text[(length + 1)..].IndexOf(textAfter, StringComparison.Ordinal);
            length = more < 0 ? -1 : length + 1 + more;
        }

        return length;
    }

    // Both servers escape a quote within a field: nginx as \x22, Apache as \".
    private static int LengthInQuotes(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '"') return index;
            if (text[index] == '\\') index++;
        }

        return -1;
    }

    private static bool IsWithinList(ReadOnlySpan<char> text, int space)
    {
        var isAfterSeparator = space > 0 && text[space - 1] is ',' or ':';
        return isAfterSeparator || text[space..].StartsWith(" : ");
    }

    private bool IsUsed(LogField field)
    {
        if (field.IsTime) return field == _time;
        if (field.IsDuration) return field == _duration;
        if (field.IsFraction) return field == _fraction;
        return field.Value is not (LogValue.Bytes or LogValue.BodyBytes) || field == _bytes;
    }

    private bool Has(LogValue value) => _fields.Exists(field => field.Value == value);

    private LogField? Best(Func<LogField, bool> isSuch) => _fields.Where(isSuch).MaxBy(field => field.Value);

    private void Require(bool isThere, string what, string choices)
    {
        if (!isThere) throw Missing(what, choices);
    }

    private CalibrationException Missing(string what, string choices) => Error($"holds no {what[2..]}; it must hold {choices}");

    private CalibrationException Error(string reason) => new($"--log-format {Name}: {reason}");
}

using System.Globalization;

namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>Reads the fields of log lines. One instance serves one reader: it remembers the last time.</summary>
internal sealed class LogFieldParser
{
    private const int MinYear = 1971;
    private const int MaxYear = 9000;
    private const NumberStyles Digits = NumberStyles.None;
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private const decimal MaxEpochMilliseconds = 2e14m;
    private static readonly TimeSpan MaxDuration = TimeSpan.FromDays(1);

    // Most lines share their second with the line before.
    private string _lastTimeText = "";
    private DateTimeOffset _lastTime;

    /// <summary>Reads a field into a line.</summary>
    /// <returns>Whether it holds what it must.</returns>
    public bool TryParse(LogField field, ReadOnlySpan<char> text, ref LogLine line)
    {
        switch (field.Value)
        {
            case LogValue.Request:
                ReadRequest(text, ref line);
                return true;
            case LogValue.Method:
                line.Method = text;
                return true;
            case LogValue.Target:
                line.Target = text;
                return true;
            case LogValue.Protocol:
                line.IsMultiplexed = IsMultiplexed(text);
                return true;
            case LogValue.Status:
                return TryReadStatus(text, ref line);
            case LogValue.Bytes or LogValue.BodyBytes:
                return TryReadBytes(text, ref line);
            case LogValue.MillisecondFraction or LogValue.MicrosecondFraction:
                return TryAddFraction(field.Value, text, ref line);
            case >= LogValue.LocalTime and <= LogValue.EpochMicroseconds:
                return TryReadTime(field.Value, text, ref line);
            case >= LogValue.UpstreamDuration:
                return TryReadDuration(field.Value, text, ref line);
            default:
                return true;
        }
    }

    // What is no request, such as a TLS handshake at a port without TLS, is logged all the same; it leaves the method empty.
    private static void ReadRequest(ReadOnlySpan<char> text, ref LogLine line)
    {
        var (first, last) = (text.IndexOf(' '), text.LastIndexOf(' '));
        if (first < 0 || last <= first) return;
        line.Method = text[..first];
        line.Target = text[(first + 1)..last];
        line.IsMultiplexed = IsMultiplexed(text[(last + 1)..]);
    }

    private static bool IsMultiplexed(ReadOnlySpan<char> protocol) => protocol.StartsWith("HTTP/2") || protocol.StartsWith("HTTP/3");

    private static bool TryReadStatus(ReadOnlySpan<char> text, ref LogLine line)
    {
        var isStatus = text.Length == 3 && int.TryParse(text, Digits, Culture, out _);
        if (isStatus) line.Status = int.Parse(text, Digits, Culture);
        return isStatus;
    }

    private static bool TryReadBytes(ReadOnlySpan<char> text, ref LogLine line)
    {
        if (text is "-") return true;
        var isNumber = long.TryParse(text, Digits, Culture, out var bytes);
        line.Bytes = bytes;
        return isNumber;
    }

    private static bool TryAddFraction(LogValue value, ReadOnlySpan<char> text, ref LogLine line)
    {
        if (!int.TryParse(text, Digits, Culture, out var fraction)) return false;
        var isMilliseconds = value == LogValue.MillisecondFraction;
        if (fraction >= (isMilliseconds ? 1000 : 1_000_000)) return false;
        // The field may stand before that of the second, which then adds to it.
        line.Time += isMilliseconds ? TimeSpan.FromMilliseconds(fraction) : TimeSpan.FromMicroseconds(fraction);
        return true;
    }

    private static bool TryReadDuration(LogValue value, ReadOnlySpan<char> text, ref LogLine line)
    {
        if (value == LogValue.UpstreamDuration) return TryReadUpstream(text, ref line);
        var hasPoint = text.Contains('.');
        if (hasPoint != (value == LogValue.DurationSeconds)) return false;
        if (!TryReadNumber(text, out var number)) return false;
        line.Duration = value switch
        {
            LogValue.DurationMicroseconds => TimeSpan.FromTicks((long)(number * TimeSpan.TicksPerMicrosecond)),
            LogValue.DurationMilliseconds => TimeSpan.FromMilliseconds(number),
            _ => TimeSpan.FromSeconds(number),
        };
        return line.Duration <= MaxDuration;
    }

    // "0.012, 0.350 : 0.002" where several were asked; "-" where none was, or one did not answer.
    private static bool TryReadUpstream(ReadOnlySpan<char> text, ref LogLine line)
    {
        foreach (var range in text.SplitAny(", :"))
        {
            var part = text[range];
            if (part.IsEmpty || part is "-") continue;
            if (!TryReadNumber(part, out var seconds) || seconds > MaxDuration.TotalSeconds) return false;
            line.Duration = (line.Duration ?? TimeSpan.Zero) + TimeSpan.FromSeconds(seconds);
        }

        return line.Duration is null || line.Duration <= MaxDuration;
    }

    // At most 12 digits before the point, so that no unit overflows.
    private static bool TryReadNumber(ReadOnlySpan<char> text, out double number)
    {
        number = 0;
        return text.Length is > 0 and <= 16
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, Culture, out number)
            && number <= 1e11;
    }

    private bool TryReadTime(LogValue value, ReadOnlySpan<char> text, ref LogLine line)
    {
        if (!TryParseTime(value, text, out var time) || time.Year is < MinYear or > MaxYear) return false;
        line.Time = time + (line.Time - default(DateTimeOffset));
        return true;
    }

    private bool TryParseTime(LogValue value, ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        switch (value)
        {
            case LogValue.LocalTime:
                return TryParseText(text, "dd/MMM/yyyy:HH:mm:ss zzz", out time);
            case LogValue.IsoTime:
                return TryParseText(text, "yyyy-MM-ddTHH:mm:sszzz", out time);
            case LogValue.EpochSecondsAndMilliseconds:
                var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, Culture, out var seconds);
                // A decimal holds more seconds than milliseconds: the bound comes first.
                var isInRange = isNumber && seconds <= MaxEpochMilliseconds / 1000;
                return TryParseEpoch(isInRange, isInRange ? seconds * 1000 : 0, 1, out time);
            default:
                var isWhole = long.TryParse(text, Digits, Culture, out var count);
                var (factor, divisor) = value switch
                {
                    LogValue.EpochSeconds => (1000, 1),
                    LogValue.EpochMilliseconds => (1, 1),
                    _ => (1, 1000),
                };
                return TryParseEpoch(isWhole, (decimal)count * factor, divisor, out time);
        }
    }

    private static bool TryParseEpoch(bool isNumber, decimal count, int divisor, out DateTimeOffset time)
    {
        time = default;
        var milliseconds = count / divisor;
        if (!isNumber || milliseconds > MaxEpochMilliseconds) return false;
        time = DateTimeOffset.UnixEpoch + TimeSpan.FromTicks((long)(milliseconds * TimeSpan.TicksPerMillisecond));
        return true;
    }

    private bool TryParseText(ReadOnlySpan<char> text, string format, out DateTimeOffset time)
    {
        var isSame = text.SequenceEqual(_lastTimeText);
        time = _lastTime;
        if (isSame) return true;
        if (text.Length > 40 || !DateTimeOffset.TryParseExact(text, format, Culture, DateTimeStyles.None, out time)) return false;
        (_lastTimeText, _lastTime) = (text.ToString(), time);
        return true;
    }
}

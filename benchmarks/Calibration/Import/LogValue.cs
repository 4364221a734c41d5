namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>What a field of a log line tells. Of several times, durations and lengths, that which stands last here is used: the most
/// precise.</summary>
internal enum LogValue
{
    /// <summary>Nothing that matters here.</summary>
    Other,

    /// <summary>The request line: method, path and protocol.</summary>
    Request,

    /// <summary>The method.</summary>
    Method,

    /// <summary>Path and query.</summary>
    Target,

    /// <summary>Such as <c>HTTP/1.1</c>.</summary>
    Protocol,

    /// <summary>The status.</summary>
    Status,

    /// <summary>Bytes sent, with the head.</summary>
    Bytes,

    /// <summary>Bytes of the body.</summary>
    BodyBytes,

    /// <summary>Milliseconds beyond the second.</summary>
    MillisecondFraction,

    /// <summary>Microseconds beyond the second.</summary>
    MicrosecondFraction,

    /// <summary>Such as <c>10/Oct/2026:13:55:36 +0200</c>.</summary>
    LocalTime,

    /// <summary>Such as <c>2026-10-10T13:55:36+02:00</c>.</summary>
    IsoTime,

    /// <summary>Whole seconds since 1970.</summary>
    EpochSeconds,

    /// <summary>Seconds since 1970, with milliseconds behind the point.</summary>
    EpochSecondsAndMilliseconds,

    /// <summary>Milliseconds since 1970.</summary>
    EpochMilliseconds,

    /// <summary>Microseconds since 1970.</summary>
    EpochMicroseconds,

    /// <summary>Seconds with three decimals, of each server behind this one.</summary>
    UpstreamDuration,

    /// <summary>Whole seconds.</summary>
    DurationWholeSeconds,

    /// <summary>Seconds with three decimals.</summary>
    DurationSeconds,

    /// <summary>Milliseconds.</summary>
    DurationMilliseconds,

    /// <summary>Microseconds.</summary>
    DurationMicroseconds,
}

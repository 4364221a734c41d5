namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>A field of a log line.</summary>
/// <param name="Value">What it tells.</param>
/// <param name="IsAtEnd">Of a time: whether it is that of the end of a request, not of its start.</param>
/// <param name="IsList">Whether it may hold several values, apart by ", " and " : ", as nginx writes those of upstreams.</param>
/// <param name="TextBefore">What stands before it, after the field before it.</param>
internal sealed record LogField(LogValue Value, bool IsAtEnd, bool IsList, string TextBefore)
{
    /// <summary>Whether it is a point in time.</summary>
    public bool IsTime => Value is >= LogValue.LocalTime and <= LogValue.EpochMicroseconds;

    /// <summary>Whether it is a part of a second.</summary>
    public bool IsFraction => Value is LogValue.MillisecondFraction or LogValue.MicrosecondFraction;

    /// <summary>Whether it is a duration.</summary>
    public bool IsDuration => Value >= LogValue.UpstreamDuration;

    /// <summary>Whether a time is known to a millisecond or better.</summary>
    public bool IsPreciseTime => Value is >= LogValue.EpochSecondsAndMilliseconds and <= LogValue.EpochMicroseconds;
}

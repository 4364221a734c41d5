namespace Downloader.Benchmarks.Calibration.Import;

/// <summary>What a line of a log tells, as far as it matters here.</summary>
internal ref struct LogLine
{
    /// <summary>The method; empty where the request was none.</summary>
    public ReadOnlySpan<char> Method { get; set; }

    /// <summary>Path and query.</summary>
    public ReadOnlySpan<char> Target { get; set; }

    /// <summary>Whether it was spoken over HTTP/2 or HTTP/3.</summary>
    public bool IsMultiplexed { get; set; }

    /// <summary>The status.</summary>
    public int Status { get; set; }

    /// <summary>Length of the body.</summary>
    public long Bytes { get; set; }

    /// <summary>When it was sent or when it ended, as <see cref="LogFormat.IsTimeOfEnd"/> says.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>How long it took; null where the line does not tell.</summary>
    public TimeSpan? Duration { get; set; }
}

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>A part of a calibration: so many requests with so many workers.</summary>
/// <param name="Workers">The most requests in flight.</param>
/// <param name="Requests">How many to send.</param>
internal sealed record ProbeStage(int Workers, int Requests)
{
    /// <summary>The most time it may take; null for no other limit than that of the calibration.</summary>
    public TimeSpan? MaxTime { get; init; }

    /// <summary>How many requests are sent whatever <see cref="MaxTime"/> says.</summary>
    public int MinRequests { get; init; }

    /// <summary>The time between the starts of two requests, at least.</summary>
    public TimeSpan Pace { get; init; }

    /// <summary>Each so many requests a new connection is opened, to see what it costs; 0 for never.</summary>
    public int ReconnectAfter { get; init; }
}

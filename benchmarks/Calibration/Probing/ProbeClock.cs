using System.Diagnostics;

namespace Downloader.Benchmarks.Calibration.Probing;

/// <summary>The clock of a calibration.</summary>
internal sealed class ProbeClock
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Since the start.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>The waits so far that do not count: those that the server asked for, and the one after robots.txt.</summary>
    public TimeSpan Waited { get; set; }

    /// <summary>Since the start, without those waits.</summary>
    public TimeSpan Used => Now - Waited;

    /// <summary>A point in time of <see cref="Stopwatch"/>.</summary>
    public TimeSpan At(long timestamp) => Stopwatch.GetElapsedTime(_started, timestamp);
}

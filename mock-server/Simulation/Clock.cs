using System.Diagnostics;

namespace Downloader.MockServer.Simulation;

/// <summary>The server's own monotonic clock: time since its start.</summary>
internal static class Clock
{
    private static readonly long Start = Stopwatch.GetTimestamp();

    public static TimeSpan Now => Stopwatch.GetElapsedTime(Start);
}

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether the server itself was late. It shares the processor; the ideal schedule is made of its service times, so that it grows
/// with them, and the efficiency does not show the delay.</summary>
public static class ServerDelay
{
    /// <summary>A median delay of this many milliseconds is normal: timers are late, and each request takes time to be handled.</summary>
    public const double MaxNormalMs = 1;

    /// <summary>So is one of this share of the latency asked.</summary>
    public const double MaxNormalShare = 0.05;

    /// <summary>What the mark "server behind" means, for readers.</summary>
    public const string Explanation =
        "Server behind: the server took longer than asked, so that the ideal schedule is too long and the efficiency too high.";

    /// <summary>Whether the median delay exceeds both; false without an audit.</summary>
    public static bool IsBehind(CaseAnalysis row) =>
        row.Figures.ServerDelayMs > Math.Max(MaxNormalMs, MaxNormalShare * row.Figures.LatencyMs ?? 0);
}

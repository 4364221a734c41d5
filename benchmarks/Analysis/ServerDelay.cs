namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether the server itself was late: the processor is shared, and the ideal schedule is made of the service times, so it grows with
/// them and hides the delay from the efficiency.</summary>
public static class ServerDelay
{
    /// <summary>A median service time may exceed the latency asked by this share: timers are late by some tenths of a millisecond.</summary>
    public const double Tolerance = 0.1;

    /// <summary>And by this much, since every request takes some time to be handled.</summary>
    public const double ToleranceMs = 0.5;

    /// <summary>What <see cref="CaseAnalysis.Marks"/> means, for readers.</summary>
    public const string Explanation = "Server behind: the server took longer than the latency asked, so the ideal schedule is longer too and the efficiency too high.";

    /// <summary>Whether the median service time exceeds the median latency asked beyond both tolerances. Never where the server has a
    /// capacity, since waiting for it is part of the service time; never without an audit.</summary>
    public static bool IsBehind(CaseAnalysis row) =>
        !row.HasCapacity && row.Figures.ServiceTimeMs > row.Figures.LatencyMs * (1 + Tolerance) + ToleranceMs;
}

namespace Downloader.Benchmarks.Results;

/// <summary>How long the server was asked to serve a request, and how long it did. Milliseconds; waiting for the server's capacity is not in it.</summary>
/// <param name="MedianAsked">Median of the latencies drawn for the requests.</param>
/// <param name="MedianSeen">Median time from a request's admission to the beginning of its answer.</param>
/// <param name="MedianDelay">Median of seen − asked, request by request.</param>
/// <param name="Percentile95Delay">95th percentile of seen − asked.</param>
public sealed record ServerTiming(double MedianAsked, double MedianSeen, double MedianDelay, double Percentile95Delay)
{
    private const double MinDelay = 1;
    private const double MaxDelayShare = 0.05;

    /// <summary>Whether the server itself was late: its median delay is more than 1 ms and more than 5 % of what was asked. The ideal schedule
    /// is made of the times seen and grows with the delay, so that the efficiency of such a row looks better than it is.</summary>
    public bool IsServerLate => MedianDelay > Math.Max(MinDelay, MaxDelayShare * MedianAsked);
}

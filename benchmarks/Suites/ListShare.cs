using Downloader.Benchmarks.Execution;

namespace Downloader.Benchmarks.Suites;

/// <summary>The share of a list that tells how long the whole takes: a half, a quarter … of a list that is long.</summary>
public static class ListShare
{
    /// <summary>So few downloads are not halved.</summary>
    private const int MinDownloads = 16;

    /// <summary>The time that the latencies of an iteration may take.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(1.5);

    /// <summary>A case of one download after another, shortened where each takes the same time: the makespan is then in proportion to the
    /// number of downloads. Where latencies differ, or requests are refused or fail, a share says little of the whole, which is
    /// kept.</summary>
    /// <param name="whole">The case with the whole list.</param>
    public static DownloadCase Shorten(DownloadCase whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        var scenario = whole.Scenario;
        var isConstant = scenario is { LatencyP99: null, LatencyQuantiles: null } && scenario.LatencyJitter == TimeSpan.Zero;
        var isProportional = isConstant && scenario is { RateLimit: null, FaultShare: 0 };
        if (!isProportional) return whole;
        var share = whole.Downloads;
        // An even number has as many of the one page as of the other.
        while (share > MinDownloads && share % 4 == 0 && share * scenario.Latency > MaxDuration) share /= 2;
        return share == whole.Downloads ? whole : whole with { Downloads = share, ListDownloads = whole.Downloads };
    }
}

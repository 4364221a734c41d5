namespace Downloader.Benchmarks.Results;

/// <summary>What a strategy decided by itself about the requests in flight. Counts of attempts, no times: the server counts the same
/// requests, while the clocks of client and server cannot be compared.</summary>
/// <param name="Started">How many attempts have started.</param>
/// <param name="Refusals">How many of them were refused with 503, which is when the strategy decides.</param>
/// <param name="Limits">The limits from the first refusal on, in order. Before it the ceiling holds.</param>
public sealed record InFlightDecisions(int Started, int Refusals, IReadOnlyList<InFlightLimit> Limits)
{
    /// <summary>As many take 7 KB: the server accepts reports of 16.</summary>
    private const int MaxLimits = 256;

    /// <summary>The decisions, with a number of limits that fits into a report: where there are more, two neighbours become one, with the
    /// larger limit, so that no more is said to be forbidden than was.</summary>
    public static InFlightDecisions Create(int started, int refusals, IReadOnlyList<InFlightLimit> limits)
    {
        while (limits.Count > MaxLimits)
            limits = [.. limits.Chunk(2).Select(pair => new InFlightLimit(pair[0].Started, pair.Max(one => one.Limit)))];
        return new InFlightDecisions(started, refusals, limits);
    }
}

namespace Downloader.Benchmarks.Reports;

/// <summary>What the numbers do not say: the same words in every view.</summary>
internal static class Caveats
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Client and server share one machine and its loopback interface: there is no distance, no packet loss, no bandwidth limit but the processor's.",
        "The load is a closed loop: a worker asks again only when it is answered. Service times are no latency percentiles under a given load.",
        "A starved row is the first seconds of a process. A pool kept just as busy goes on adding threads and may catch up within a minute; an idle one gives them up again.",
        "A run is called too noisy when more than a quarter of its rows spread by more than 5 %; starved rows, first runs and rows of less than 20 ms are left out of that.",
        "Speedups carry over to other machines better than milliseconds do. Measure again on yours.",
        "Rows are ranked by the one-sided Mann–Whitney U test (5 % significance) over a case's own iterations, with a margin of 8 % for what two processes of one case may differ by.",
        "A rank rests on some 20 such tests for each row, which are not corrected for their number: at 5 % each, one may well be wrong.",
        "The ± of a row is its median absolute deviation × 1.4826 over its median; that of a speedup combines both rows' to first order.",
        "Your server is not this one: its capacity, tail and faults decide how many workers it bears. Use the suites that impose them.",
    ];
}

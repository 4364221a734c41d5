namespace Downloader.Benchmarks.Reports;

/// <summary>What the numbers do not say: the same words in every view.</summary>
internal static class Caveats
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Client and server share one machine and its loopback interface: there is no distance, no packet loss, and no bandwidth limit "
            + "but the processor's.",
        "The load is a closed loop: a worker sends its next request when it has the answer to the one before. Service times are no "
            + "latency percentiles under a given load.",
        "A starved row shows the first seconds of a process. A pool kept just as busy goes on adding threads and may catch up within a "
            + "minute; an idle one removes them again.",
        "A run is called too noisy when more than a quarter of its rows spread by more than 5 %; starved rows, first runs and rows of "
            + "less than 20 ms are left out.",
        "Speedups carry over to other machines better than milliseconds do. Measure again on yours.",
        "Rows are ranked by the one-sided Mann–Whitney U test (5 % significance) over a case's own iterations, with a margin of 8 % for "
            + "what two processes of one case may differ by.",
        "A rank rests on some 20 such tests for each row, which are not corrected for their number: at 5 % each, one may well be wrong.",
        "The ± of a row is its median absolute deviation × 1.4826 over its median; that of a speedup combines both rows' to first order.",
        "The ideal schedule is made of the service times that the server logged. A server that is late itself makes it longer: such "
            + "rows are marked \"server behind\".",
        "Your server is not this one: its capacity, tail and faults decide how many workers it can serve. Use the suites that impose them.",
    ];
}

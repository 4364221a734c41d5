namespace Downloader.Benchmarks.Reports;

/// <summary>What the numbers do not say: the same words in every view.</summary>
internal static class Caveats
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Unless they were started on several machines, client and server share one machine and its loopback interface: there is no "
            + "distance, no packet loss, and no bandwidth limit but the processor's.",
        "The load is a closed loop: a worker sends its next request when it has the answer to the one before. Service times are no "
            + "latency percentiles under a given load.",
        "A starved row shows the first seconds of a process. A pool kept just as busy goes on adding threads and may catch up within a "
            + "minute; an idle one removes them again.",
        "The unit of all figures is a process: the median of its iterations. A case's figure is the geometric mean of its processes, "
            + "one in each round.",
        "A ± is half a 95 % interval over rounds like those of this run, on this machine, at this time. It says nothing of another "
            + "machine.",
        "A row ties with the best when its interval shows that it is at most 5 % slower. \"Undecided\" is no tie: more rounds would tell.",
        "The best is chosen among some twenty rows for being fastest here, so that its lead is a little too large on average.",
        "Rows with failed downloads or a failed audit, starved rows, first runs, rows still changing and rows without a limit are not "
            + "compared.",
        "Speedups carry over to other machines better than milliseconds do. Measure again on yours.",
        "The ideal schedule is made of the service times that the server logged. A server that is late itself makes it longer: such "
            + "rows are marked \"server behind\".",
        "Your server is not this one: its capacity, tail and faults decide how many workers it can serve. Use the suites that impose them.",
    ];
}

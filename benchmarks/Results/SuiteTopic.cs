namespace Downloader.Benchmarks.Results;

/// <summary>What a suite is about, which decides its pictures and its answer.</summary>
public enum SuiteTopic
{
    /// <summary>Which strategy, how many workers: speedup against workers.</summary>
    Strategies,

    /// <summary>Makespan of a few cases side by side, beside what is ideal (and, where there is one, a published time).</summary>
    Comparison,

    /// <summary>Makespan under latencies that the variants name, each variant with a baseline of its own.</summary>
    Tail,

    /// <summary>Makespan and connections of client policies.</summary>
    Session,

    /// <summary>The first run in a fresh process against the steady state.</summary>
    ColdStart,

    /// <summary>Makespan and failures against workers, with a knee where the server's capacity ends.</summary>
    Capacity,

    /// <summary>Downloads that succeeded, attempts the server saw.</summary>
    Faults,

    /// <summary>Throughput and memory against the number of downloads.</summary>
    Scale,
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One measured iteration of a case. Figures of the server's log, and those that the client reports through it, are null without
/// an audit.</summary>
public sealed record IterationResult
{
    /// <summary>From the start of the first download to the end of the last, as the client measured it.</summary>
    public required double MakespanMs { get; init; }

    /// <summary>The ideal schedule: what as many workers would need without any overhead, given this iteration's service times.</summary>
    public double? IdealMs { get; init; }

    /// <summary>Median service time that the server logged: from a request's arrival to the beginning of its answer.</summary>
    public double? ServiceTimeMs { get; init; }

    /// <summary>Median latency that the scenario asked of the server.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>By how much the server was late: the median of service time − waiting for capacity − latency, request by request.</summary>
    public double? ServerDelayMs { get; init; }

    /// <summary>Mean requests in flight: total service time over makespan.</summary>
    public double? MeanInFlight { get; init; }

    /// <summary>The most requests in flight at once.</summary>
    public int? PeakInFlight { get; init; }

    /// <summary>How many different connections the requests came on.</summary>
    public int? Connections { get; init; }

    /// <summary>Requests that the server logged, retries included.</summary>
    public int? Attempts { get; init; }

    /// <summary>Downloads that failed, as the client reports.</summary>
    public int? Failed { get; init; }

    /// <summary>Why they failed, with counts ("503" → 12); null where the client reported nothing.</summary>
    public IReadOnlyDictionary<string, int>? FailureReasons { get; init; }

    /// <summary>What the server did with the iteration's requests: how many had each outcome; outcomes that none had are left
    /// out.</summary>
    public IReadOnlyDictionary<RequestOutcome, int>? Outcomes { get; init; }

    /// <summary>Bytes the client's process allocated.</summary>
    public long? AllocatedBytes { get; init; }

    /// <summary>Processor time of the client's process.</summary>
    public double? CpuMs { get; init; }

    /// <summary>Largest resident memory of the client's process so far.</summary>
    public long? PeakMemoryBytes { get; init; }
}

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One case: measured by the client, witnessed by the server.</summary>
public sealed record CaseResult
{
    /// <summary>The strategy's name as in the catalogue.</summary>
    public required string Strategy { get; init; }

    /// <summary>What its workers do while they wait.</summary>
    public required StrategyKind Kind { get; init; }

    /// <summary>What tells this case from others of the same strategy beside its workers ("no session", "HTTP/2", "retry"); null for nothing.</summary>
    public string? Variant { get; init; }

    /// <summary>The worker limit; null where the case has none (Sequential, WhenAllUnbounded).</summary>
    public int? Workers { get; init; }

    /// <summary>Whether each iteration is the first run of a fresh process; the row of the same strategy, workers and variant that is not
    /// cold is its steady state.</summary>
    public bool IsCold { get; init; }

    /// <summary>Downloads per iteration.</summary>
    public required int Downloads { get; init; }

    /// <summary>What the server was told to do for this case; null for the suite's own scenario.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>Whether the other rows of its suite are compared with this one.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>Measured iterations of the case, in order, milliseconds: the makespan of each. Empty when the case failed to run.</summary>
    public required IReadOnlyList<double> Makespans { get; init; }

    /// <summary>The ideal schedule of each iteration, milliseconds, from the service times the server saw in it. Empty without an audit.</summary>
    public IReadOnlyList<double> Ideals { get; init; } = [];

    /// <summary>A time published elsewhere for this case, milliseconds (the article's); null where there is none.</summary>
    public double? Published { get; init; }

    /// <summary>Median service time the server saw, milliseconds; null without an audit, as all that follow.</summary>
    public double? ServiceTime { get; init; }

    /// <summary>Mean requests in flight: total service time over makespan.</summary>
    public double? InFlight { get; init; }

    /// <summary>The most requests in flight.</summary>
    public int? Peak { get; init; }

    /// <summary>How many different connections one iteration's requests came on (the largest number of all iterations).</summary>
    public int? Connections { get; init; }

    /// <summary>Requests the server saw per iteration, retries included (mean).</summary>
    public double? Attempts { get; init; }

    /// <summary>Downloads per iteration that failed (mean), as the client counted them; null where nobody knows: without an audit there is no
    /// account of the client's.</summary>
    public double? Failed { get; init; }

    /// <summary>Whether failed downloads are part of the result. Where they are not, the first one ends the case: one that ran had none.</summary>
    public bool AllowFailures { get; init; }

    /// <summary>Why they failed, with counts over all iterations ("503" → 12).</summary>
    public IReadOnlyDictionary<string, int> FailureReasons { get; init; } = new Dictionary<string, int>();

    /// <summary>Bytes the client allocated per download; null where not measured.</summary>
    public double? AllocatedPerDownload { get; init; }

    /// <summary>Processor time the client's process used per download, milliseconds; null where not measured.</summary>
    public double? CpuPerDownload { get; init; }

    /// <summary>Largest resident memory of the client's process, bytes; null where not measured.</summary>
    public double? PeakMemory { get; init; }

    /// <summary>What the audit found wrong, a sentence each: what was expected and what was seen. Empty when all was well.</summary>
    public IReadOnlyList<string> AuditFindings { get; init; } = [];

    /// <summary>Whether the server witnessed this row at all.</summary>
    public bool Audited { get; init; }

    /// <summary>One iteration as the server saw it (the one of median makespan), for the waterfall.</summary>
    public IReadOnlyList<WaterfallBar> Waterfall { get; init; } = [];
}

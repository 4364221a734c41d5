using Downloader.Lab;

namespace Downloader.Benchmarks.Reports;

/// <summary>Everything a report of a run says, as data: the HTML, the markdown and the console are three views of it.</summary>
/// <param name="Started">When the run began.</param>
/// <param name="Took">How long it took, builds included.</param>
/// <param name="Command">The command line that repeats it.</param>
/// <param name="Machine">Machine and versions, by name, in the order to show ("CPU", "Cores", "OS", ".NET", "BenchmarkDotNet", "WireMock.Net" …).</param>
/// <param name="Suites">The suites, in the order they ran.</param>
/// <param name="Files">BenchmarkDotNet's own reports: paths relative to this one.</param>
public sealed record RunReport(
    DateTimeOffset Started,
    TimeSpan Took,
    string Command,
    IReadOnlyList<KeyValuePair<string, string>> Machine,
    IReadOnlyList<SuiteReport> Suites,
    IReadOnlyList<string> Files)
{
    /// <summary>Whether the run was interrupted before all cases had ended.</summary>
    public bool Interrupted { get; init; }

    /// <summary>How many cases it was to measure.</summary>
    public int PlannedCases { get; init; }

    /// <summary>How many cases it tells of.</summary>
    public int Cases => Suites.Sum(suite => suite.Rows.Count);
}

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

/// <summary>One suite's results.</summary>
/// <param name="Name">Its name as in <c>--filter</c> ("Strategies", "Capacity" …).</param>
/// <param name="Question">The question it answers, a sentence.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Scenario">What the server was told to do, where a row says nothing else.</param>
/// <param name="Rows">A row per case, in table order.</param>
public sealed record SuiteReport(string Name, string Question, SuiteTopic Topic, Scenario Scenario, IReadOnlyList<RowReport> Rows)
{
    /// <summary>What a reader must know beside the rows, such as cases left out and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the run ended before all its cases had.</summary>
    public bool IsUnfinished { get; init; }
}

/// <summary>One case: measured by the client, witnessed by the server.</summary>
public sealed record RowReport
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
    public bool MayFail { get; init; }

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

/// <summary>One request of the waterfall.</summary>
/// <param name="Lane">From 0: the first lane free when it arrived.</param>
/// <param name="Start">Milliseconds since the iteration began.</param>
/// <param name="End">Milliseconds since the iteration began.</param>
/// <param name="Page">Which page.</param>
/// <param name="Outcome">What was done with it.</param>
public sealed record WaterfallBar(int Lane, double Start, double End, Page Page, ServedOutcome Outcome);

using Downloader.MockServer.Client;

namespace Downloader.Benchmarks.Results;

/// <summary>One case: what it did, what the client measured and what the server logged.</summary>
public sealed record CaseResult
{
    /// <summary>The strategy's name as in the catalogue.</summary>
    public required string Strategy { get; init; }

    /// <summary>What its workers do while they wait.</summary>
    public required StrategyKind Kind { get; init; }

    /// <summary>How the case differs from others of the same strategy and workers ("no session", "HTTP/2", "retry"); null if it does
    /// not.</summary>
    public string? Variant { get; init; }

    /// <summary>The worker limit; null where the case has none (Sequential, WhenAllUnbounded, TaskRun).</summary>
    public int? Workers { get; init; }

    /// <summary>Downloads per iteration.</summary>
    public required int Downloads { get; init; }

    /// <summary>Downloads of the whole list, where the case ran a share of it because each download takes the same time; null where it ran
    /// all.</summary>
    public int? ListDownloads { get; init; }

    /// <summary>The page that every download asks for; null where they take several pages in turn.</summary>
    public Page? Page { get; init; }

    /// <summary>The server's scenario for this case; null for the suite's.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>Whether the other cases of its suite are compared with this one.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>Whether each iteration is the first run of a fresh process; the case of the same strategy, workers and variant that is not
    /// cold is its steady state.</summary>
    public bool IsCold { get; init; }

    /// <summary>Workers that block threads of the pool and had none at first: the pool adds threads one by one. Null where it is
    /// unknown.</summary>
    public int? MissingThreads { get; init; }

    /// <summary>Whether failed downloads are part of the result. Where they are not, the first failure ends the case: a case that ran to
    /// its end had none.</summary>
    public bool AllowFailures { get; init; }

    /// <summary>How often a failed download was tried again at most.</summary>
    public int MaxRetries { get; init; }

    /// <summary>A time published elsewhere for this case (the article's); null where there is none.</summary>
    public double? PublishedMs { get; init; }

    /// <summary>Whether the server's log of this case was read and checked.</summary>
    public bool IsAudited { get; init; }

    /// <summary>What the audit found wrong, a sentence each: what was expected and what was seen. Empty when nothing was.</summary>
    public IReadOnlyList<string> AuditFindings { get; init; } = [];

    /// <summary>The processes that ran it, one a round, in order; empty when it failed to run.</summary>
    public IReadOnlyList<ProcessResult> Processes { get; init; } = [];

    /// <summary>Why a process of it ended early, in one line; null when none did.</summary>
    public string? EndedEarly { get; init; }

    /// <summary>The requests of one iteration as the server logged them (the iteration of median makespan). Empty without an
    /// audit.</summary>
    public IReadOnlyList<WaterfallBar> Waterfall { get; init; } = [];
}

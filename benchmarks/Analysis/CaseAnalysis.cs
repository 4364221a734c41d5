using Downloader.Benchmarks.Results;
namespace Downloader.Benchmarks.Analysis;

/// <summary>A row and what follows from it.</summary>
public sealed record CaseAnalysis
{
    /// <summary>A blocking row that keeps less than this share of the ideal schedule's requests in flight is starved.</summary>
    public const double StarvedBelow = 0.5;

    /// <summary>What was measured.</summary>
    public required CaseResult Row { get; init; }

    /// <summary>Its place in the suite, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Median makespan, milliseconds; null when the case did not run.</summary>
    public double? Median { get; init; }

    /// <summary><see cref="Statistics.RelativeSpread"/> of the makespans.</summary>
    public double? Spread { get; init; }

    /// <summary>The baseline's median over this one's; null without a baseline of as many downloads.</summary>
    public Estimate? Speedup { get; init; }

    /// <summary>1 + how many rows are faster beyond noise and margin. Being within noise is not transitive: a rank says "beaten by so many",
    /// not "same as all of this rank", and rows within noise of each other may differ in rank. Null for rows that cannot be ranked:
    /// too few iterations, downloads that failed or may have, a failed audit.</summary>
    public int? Rank { get; init; }

    /// <summary>The most requests it could have in flight: its workers, and never more than its downloads.</summary>
    public int Allowed => Math.Min(Row.Kind == StrategyKind.Sequential ? 1 : Row.Workers ?? Row.Downloads, Row.Downloads);

    /// <summary>Whether it keeps to a limit.</summary>
    public bool IsBounded => Row.Workers is not null || Row.Kind == StrategyKind.Sequential;

    /// <summary>Downloads that failed, per iteration; null when the case did not run, or they may have failed and nobody counted them.</summary>
    public double? Failed => Median is null ? null : Row.Failed ?? (Row.AllowFailures ? null : 0);

    /// <summary>Downloads that succeeded, per iteration; null when unknown.</summary>
    public double? Succeeded => Row.Downloads - Failed;

    /// <summary>Downloads that succeeded, per second of median makespan; null when unknown.</summary>
    public double? DownloadsPerSecond => Median is > 0 ? Succeeded * 1000 / Median : null;

    /// <summary>The ideal schedule over the makespan, percent. Null without an audit, and where the server has a capacity: waiting in its line is
    /// service to the client, the ideal schedule waits too, and it would look efficient to wait.</summary>
    public double? Efficiency => HasCapacity ? null : 100 * IdealShare;

    /// <summary>Whether the server serves only so many at once.</summary>
    public bool HasCapacity { get; init; }

    /// <summary>Median ideal schedule, milliseconds; null without an audit.</summary>
    public double? Ideal => Row.Ideals.Count > 0 ? Statistics.Median(Row.Ideals) : null;

    /// <summary>Every download is known to have succeeded, and the audit found nothing.</summary>
    public bool IsValid => Failed == 0 && Row.AuditFindings.Count == 0;

    /// <summary>Its workers waited for threads, not for the server: a blocking row that kept less than half of the requests in flight that
    /// the ideal schedule keeps (in flight ÷ ideal in flight is the efficiency; without an ideal, the allowed requests stand for it).</summary>
    public bool IsStarved => Row.Kind == StrategyKind.Blocking && Allowed > 1
        && (IdealShare ?? Row.InFlight / Allowed) < StarvedBelow;

    /// <summary>Strategy and variant; a first run says so.</summary>
    public string Name => Named([Row.Variant, Row.IsCold ? "cold" : null]);

    /// <summary>Strategy, variant and workers, as a sentence names it.</summary>
    public string FullName => Name + WithWorkers;

    /// <summary>The same, silent about first runs.</summary>
    public string Plain => Named([Row.Variant]) + WithWorkers;

    /// <summary>The ideal schedule over the makespan: the median over the iterations. Null without an audit.</summary>
    internal double? IdealShare => Row.Ideals.Count > 0 && Row.Ideals.Count == Row.Makespans.Count
        ? Statistics.Median([.. Row.Ideals.Zip(Row.Makespans, (ideal, makespan) => ideal / makespan)])
        : null;

    private string WithWorkers => Row.Workers is { } workers ? $" with {workers} {(workers == 1 ? "worker" : "workers")}" : "";

    private string Named(IEnumerable<string?> marks) =>
        string.Join(", ", marks.Where(mark => !string.IsNullOrEmpty(mark))) is { Length: > 0 } all ? $"{Row.Strategy} ({all})" : Row.Strategy;
}

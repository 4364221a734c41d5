using Downloader.Benchmarks.Results;
using MathNet.Numerics.Statistics;

namespace Downloader.Benchmarks.Analysis;

/// <summary>A row of the results: a case and what follows from it.</summary>
public sealed record CaseAnalysis
{
    /// <summary>A blocking row that keeps less than this share of the ideal schedule's requests in flight is starved.</summary>
    public const double StarvedBelow = 0.5;

    internal CaseAnalysis(CaseResult result, int index, bool hasCapacity)
    {
        Result = result;
        Index = index;
        HasCapacity = hasCapacity;
        Figures = new CaseFigures(result);
        if (MakespansMs.Count == 0) return;
        MedianMs = MakespansMs.Median();
        Spread = RobustStatistics.RelativeSpread(MakespansMs);
    }

    /// <summary>What was measured.</summary>
    public CaseResult Result { get; }

    /// <summary>Its figures over all iterations.</summary>
    public CaseFigures Figures { get; }

    /// <summary>Its place in the suite, from 0.</summary>
    public int Index { get; }

    /// <summary>Whether the server limits how many requests it serves at once.</summary>
    public bool HasCapacity { get; }

    /// <summary>Median makespan; null when the case did not run.</summary>
    public double? MedianMs { get; }

    /// <summary><see cref="RobustStatistics.RelativeSpread"/> of the makespans.</summary>
    public double? Spread { get; }

    /// <summary>The baseline's median over this one's; null without a baseline of as many downloads.</summary>
    public Estimate? Speedup { get; internal init; }

    /// <summary>1 + how many rows are faster beyond noise and margin. Being within noise is not transitive: a rank says "so many are
    /// faster", not "same as all of this rank", and rows within noise of each other may differ in rank. Null for rows that cannot be
    /// ranked: too few iterations, downloads that failed or may have, a failed audit.</summary>
    public int? Rank { get; internal init; }

    /// <summary>The makespan of each iteration.</summary>
    public IReadOnlyList<double> MakespansMs => Figures.MakespansMs;

    /// <summary>The most requests it could have in flight: its workers, and never more than its downloads.</summary>
    public int MaxInFlight => Math.Min(Result.Kind == StrategyKind.Sequential ? 1 : Result.Workers ?? Result.Downloads, Result.Downloads);

    /// <summary>Whether its requests in flight have a limit.</summary>
    public bool IsBounded => Result.Workers is not null || Result.Kind == StrategyKind.Sequential;

    /// <summary>Downloads that failed, per iteration; null when the case did not run, or when they may have failed and were not
    /// counted.</summary>
    public double? Failed
    {
        get
        {
            if (MedianMs is null) return null;
            double? uncounted = Result.AllowFailures ? null : 0;
            return Figures.ReportedFailures ?? uncounted;
        }
    }

    /// <summary>Downloads that succeeded, per iteration; null when unknown.</summary>
    public double? Succeeded => Result.Downloads - Failed;

    /// <summary>Downloads that succeeded, per second of median makespan; null when unknown.</summary>
    public double? DownloadsPerSecond => MedianMs is > 0 ? Succeeded * 1000 / MedianMs : null;

    /// <summary>The ideal schedule over the makespan, percent. Null without an audit, and where the server has a capacity: time in its
    /// queue counts as service time, so the ideal schedule would contain the wait, and waiting would look efficient.</summary>
    public double? Efficiency => HasCapacity ? null : 100 * Figures.IdealShare;

    /// <summary>Every download is known to have succeeded, and the audit found nothing.</summary>
    public bool IsValid => Failed == 0 && Result.AuditFindings.Count == 0;

    /// <summary>Its workers waited for threads, not for the server: a blocking row that kept less than half of the requests in flight that
    /// the ideal schedule keeps (in flight ÷ ideal in flight is the efficiency; without an ideal, the allowed requests stand for
    /// it).</summary>
    public bool IsStarved
    {
        get
        {
            var share = Figures.IdealShare ?? Figures.MeanInFlight / MaxInFlight;
            return Result.Kind == StrategyKind.Blocking && MaxInFlight > 1 && share < StarvedBelow;
        }
    }

    /// <summary>Whether the server itself took longer than asked: see <see cref="ServerDelay"/>.</summary>
    public bool IsServerBehind => ServerDelay.IsBehind(this);

    /// <summary>What a reader must notice beside the strategy's name: "starved", "server behind".</summary>
    public IReadOnlyList<string> Marks => [.. IsStarved ? ["starved"] : (string[])[], .. IsServerBehind ? ["server behind"] : (string[])[]];

    /// <summary>The variant, and "cold" for a first run; empty for neither.</summary>
    public string VariantText => string.Join(", ", VariantParts);

    /// <summary>Strategy and variant; a first run says so.</summary>
    public string Name => WithParts(VariantParts);

    /// <summary>Strategy, variant and workers, as a sentence names it.</summary>
    public string FullName => Name + WithWorkers;

    /// <summary>The same without the mark of a first run.</summary>
    public string NameWithoutColdMarker => WithParts(Result.Variant is { Length: > 0 } variant ? [variant] : []) + WithWorkers;

    /// <summary>The worker limit as a table shows it: "5", "no limit".</summary>
    public string WorkersText => IsBounded ? ReportFormat.Number(Result.Workers ?? 1) : "no limit";

    private string[] VariantParts =>
        [.. new[] { Result.Variant, Result.IsCold ? "cold" : null }.OfType<string>().Where(part => part.Length > 0)];

    private string WithWorkers => Result.Workers is { } workers ? $" with {ReportFormat.Pluralize(workers, "worker")}" : "";

    private string WithParts(string[] parts) => parts.Length > 0 ? $"{Result.Strategy} ({string.Join(", ", parts)})" : Result.Strategy;
}

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>A case that both runs have.</summary>
/// <param name="Suite">The suite, as the reports name it.</param>
/// <param name="Base">What the base measured.</param>
/// <param name="Candidate">What the candidate measured.</param>
public sealed record ComparedCase(string Suite, CaseAnalysis Base, CaseAnalysis Candidate)
{
    /// <summary>The makespan; null for a case that is not compared.</summary>
    public ComparedFigure? Time { get; init; }

    /// <summary>Bytes allocated per download; null for a case that is not compared, and without an audit.</summary>
    public ComparedFigure? Allocations { get; init; }

    /// <summary>Strategy, variant and workers; after the suite where there are several.</summary>
    public required string Name { get; init; }

    /// <summary>Why its figures are not compared; null for one that is.</summary>
    public string? Exclusion
    {
        get
        {
            var (inBase, inCandidate) = (ExclusionOf(Base), ExclusionOf(Candidate));
            if (inBase is null && inCandidate is null) return Time is null ? "one process only" : null;
            if (inBase == inCandidate) return inBase;
            return inBase is null ? $"{inCandidate} in the candidate" : $"{inBase} in the base";
        }
    }

    /// <summary>Whether the candidate alone has become one that cannot be compared: it starves or fails where the base does not.</summary>
    public bool IsNewlyExcluded => ExclusionOf(Base) is null && ExclusionOf(Candidate) is not null;

    /// <summary>Whether any figure raised an alarm.</summary>
    public bool IsHigher => Time?.Verdict == Verdict.Higher || Allocations?.Verdict == Verdict.Higher;

    /// <summary>Whether no figure raised an alarm, and none is too noisy for the gate.</summary>
    public bool HasPassed => Time is { Verdict: Verdict.NoDifference or Verdict.Lower }
        && Allocations is null or { Verdict: Verdict.NoDifference or Verdict.Lower };

    /// <summary>Whether an alarm has no fresh rounds that say anything of it.</summary>
    public bool LacksConfirmation => Time is { Verdict: Verdict.Higher, Confirmation: null }
        || Allocations is { Verdict: Verdict.Higher, Confirmation: null };

    /// <summary>Whether an alarm was confirmed.</summary>
    public bool IsConfirmed => Time?.IsConfirmed == true || Allocations?.IsConfirmed == true;

    /// <summary>Candidate ÷ base of the makespans, also where it has no interval; null where one did not run.</summary>
    public double? TimeRatio => Time?.Ratio.Value ?? Candidate.MedianMs / Base.MedianMs;

    /// <summary>Why a case of one run cannot be compared with any other; null if it can.</summary>
    internal static string? ExclusionOf(CaseAnalysis one)
    {
        if (one.MedianMs is null) return "did not run";
        if (one.Result.AuditFindings.Count > 0) return "failed audit";
        if (one.Failed != 0) return "failed downloads";
        if (one.IsStarved) return "starved";
        if (one.Result.IsCold) return "first run";
        return one.HasTrend ? "still changing" : null;
    }
}

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>A figure of a case in two runs, compared.</summary>
/// <param name="Ratio">Candidate ÷ base.</param>
/// <param name="Verdict">What follows.</param>
public sealed record ComparedFigure(RatioEstimate Ratio, Verdict Verdict)
{
    /// <summary>About how many rounds would find the gate's increase; only of a figure that is too noisy. Null for more than can be
    /// run.</summary>
    public int? RoundsNeeded { get; init; }

    /// <summary>What fresh rounds said of an alarm; null where there were none.</summary>
    public ComparedFigure? Confirmation { get; init; }

    /// <summary>Whether it raised an alarm that fresh rounds confirmed.</summary>
    public bool IsConfirmed => Verdict == Verdict.Higher && Confirmation?.Verdict == Verdict.Higher;

    /// <summary>Compares the same figure of several cases.</summary>
    /// <param name="ratios">The ratio of each case.</param>
    /// <param name="gate">The gate; null to say which cases differ, in either direction.</param>
    public static IReadOnlyList<ComparedFigure> Create(IReadOnlyList<RatioEstimate> ratios, RegressionGate? gate) =>
        gate is null ? CreateUngated(ratios) : CreateGated(ratios, gate);

    private static ComparedFigure[] CreateUngated(IReadOnlyList<RatioEstimate> ratios)
    {
        // Makespans and allocations share the chance of calling anything different.
        var differs = HolmProcedure.Reject([.. ratios.Select(one => one.ChanceOfFarther)], RunComparison.Significance / 2);
        return [.. ratios.Select((one, index) => new ComparedFigure(one, differs[index] ? Direction(one) : Verdict.NoDifference))];
    }

    private static ComparedFigure[] CreateGated(IReadOnlyList<RatioEstimate> ratios, RegressionGate gate)
    {
        var alarms = gate.FindAlarms(ratios);
        var lower = HolmProcedure.Reject([.. ratios.Select(one => 1 - one.ChanceOfHigher)], gate.Significance);
        return [.. ratios.Select((one, index) => Create(one, alarms[index], lower[index]))];

        ComparedFigure Create(RatioEstimate one, bool isAlarm, bool isLower)
        {
            if (isAlarm || isLower) return new ComparedFigure(one, Direction(one));
            return gate.PowerFor(one, ratios.Count, one.Rounds) >= RegressionGate.MinPower
                ? new ComparedFigure(one, Verdict.NoDifference)
                : new ComparedFigure(one, Verdict.TooNoisy) { RoundsNeeded = gate.FindRoundsNeeded(one, ratios.Count) };
        }
    }

    private static Verdict Direction(RatioEstimate ratio) => ratio.Log > 0 ? Verdict.Higher : Verdict.Lower;
}

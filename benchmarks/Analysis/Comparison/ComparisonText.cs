using System.Globalization;

namespace Downloader.Benchmarks.Analysis.Comparison;

/// <summary>A comparison in words: the same in every view.</summary>
public static class ComparisonText
{
    private const string Space = "\u00a0";
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>"+2.1 % ± 1.5": the candidate is 2.1 % higher, ± half the 95 % interval.</summary>
    public static string Difference(RatioEstimate ratio)
    {
        var (percent, error) = ((ratio.Value - 1) * 100, Math.Max(ratio.Error * 100, 0.1));
        var format = error < 9.95 ? "0.0" : "#,0";
        return $"{Signed(percent, format)}{Space}%{Space}±{Space}{error.ToString(format, Culture)}";
    }

    /// <summary>The same of a case that carries no interval.</summary>
    public static string Difference(double ratio) => $"{Signed((ratio - 1) * 100, "0.0")}{Space}%";

    /// <summary>What follows for the makespan, in a few words.</summary>
    public static string TimeVerdict(RunComparison comparison, ComparedCase one)
    {
        if (one.Time is { } time) return Verdict(comparison, time, "slower", "faster");
        var word = comparison.Gate is null ? "not compared" : "not gated";
        return $"{word}: {one.Exclusion}";
    }

    /// <summary>What follows for the allocations; empty where they are not compared.</summary>
    public static string AllocationVerdict(RunComparison comparison, ComparedCase one) =>
        one.Allocations is { } allocations ? Verdict(comparison, allocations, "more", "less") : "";

    /// <summary>What the comparison found, a sentence each: the most serious first.</summary>
    public static IEnumerable<string> Findings(RunComparison comparison) =>
        comparison.Gate is { } gate ? GatedFindings(comparison, gate) : UngatedFindings(comparison);

    /// <summary>What a reader must know before any number.</summary>
    public static IEnumerable<string> Warnings(RunComparison comparison)
    {
        var (first, second) = (comparison.Base.Run, comparison.Candidate.Run);
        foreach (var name in first.Machine.Keys.Union(second.Machine.Keys))
        {
            var (before, after) = (first.Machine.GetValueOrDefault(name), second.Machine.GetValueOrDefault(name));
            if (before != after) yield return $"{name} differs: {before ?? "unknown"} in the base, {after ?? "unknown"} in the candidate.";
        }

        if (first.Interrupted) yield return "The base's run was interrupted: it has fewer rounds, or fewer cases.";
        if (second.Interrupted) yield return "The candidate's run was interrupted: it has fewer rounds, or fewer cases.";
        foreach (var one in comparison.Cases.Where(one => one.IsNewlyExcluded))
            yield return $"{one.Name}: {one.Exclusion}, and not in the base.";
        if (comparison.OnlyInBase.Count > 0) yield return $"Only the base has {ReportFormat.List(comparison.OnlyInBase)}.";
        if (comparison.OnlyInCandidate.Count > 0) yield return $"Only the candidate has {ReportFormat.List(comparison.OnlyInCandidate)}.";
    }

    /// <summary>What the numbers mean.</summary>
    public static IEnumerable<string> Notes(RunComparison comparison)
    {
        yield return comparison.IsPaired
            ? "The rounds of the two alternated A B B A: each difference is that of two processes of one round, a few seconds or minutes "
                + "apart. A ± is half a 95 % interval."
            : "The two runs were measured at different times. A ± is half a 95 % interval from the processes of each run; what changed on "
                + "the machine between the two runs is not in it. To exclude that, compare checkouts: compare --base DIR.";
        yield return "+ means that the candidate takes longer, or allocates more, than the base. The intervals are those of single cases; "
            + "the words beside them allow for the number of cases (Holm, 1 % for all together).";
        if (comparison.Gate is not { } gate) yield break;
        yield return $"Gate: a slowdown of {ReportFormat.Percent(gate)} must be found. A case raises an alarm when it is slower beyond "
            + $"doubt and by {ReportFormat.Percent(gate / 2)} or more; allocations at "
            + $"{ReportFormat.Percent(RegressionGate.AllocationIncrease / 2)} or more. An alarm counts when fresh rounds confirm it.";
    }

    private static IEnumerable<string> GatedFindings(RunComparison comparison, double gate)
    {
        var alarms = comparison.Alarms.ToArray();
        foreach (var one in alarms.Where(one => one.IsConfirmed)) yield return $"Regression: {one.Name}: {AlarmText(one)}.";
        foreach (var one in alarms.Where(one => !one.IsConfirmed))
        {
            yield return comparison.ConfirmationRounds is null
                ? $"Alarm: {one.Name}: {AlarmText(one)}."
                : $"Alarm not confirmed by {ReportFormat.Pluralize(comparison.ConfirmationRounds.Value, "fresh round")}: "
                    + $"{one.Name}: {AlarmText(one)}.";
        }

        var verdict = alarms.Length == 0 ? "No alarm. " : "";
        yield return $"{verdict}{ReportFormat.Number(comparison.Cases.Count(one => one.HasPassed))} of "
            + $"{ReportFormat.Pluralize(comparison.Cases.Count, "case")} passed the gate of {ReportFormat.Percent(gate)}.";
        if (NoisyCases(comparison, one => one.Time) is { Length: > 0 } noisy)
            yield return $"Too noisy to find {ReportFormat.Percent(gate)} more: {noisy}.";
        if (NoisyCases(comparison, one => one.Allocations) is { Length: > 0 } noisyAllocations)
        {
            yield return $"Allocations too noisy to find {ReportFormat.Percent(RegressionGate.AllocationIncrease)} more: "
                + $"{noisyAllocations}.";
        }

        if (ExcludedCases(comparison) is { Length: > 0 } excluded) yield return $"Not gated: {excluded}.";
    }

    private static IEnumerable<string> UngatedFindings(RunComparison comparison)
    {
        var compared = comparison.Cases.Where(one => one.Time is not null).ToArray();
        foreach (var (verdict, word) in new[] { (Comparison.Verdict.Higher, "Slower"), (Comparison.Verdict.Lower, "Faster") })
        {
            var found = compared.Where(one => one.Time!.Verdict == verdict).ToArray();
            if (found.Length > 0)
                yield return $"{word}: {ReportFormat.List([.. found.Select(one => $"{one.Name}, {Difference(one.Time!.Ratio)}")])}.";
        }

        var rest = compared.Count(one => one.Time!.Verdict == Comparison.Verdict.NoDifference);
        if (rest > 0) yield return $"No difference shown: {ReportFormat.Pluralize(rest, "case")} of {comparison.Cases.Count}.";
        if (ExcludedCases(comparison) is { Length: > 0 } excluded) yield return $"Not compared: {excluded}.";
    }

    private static string AlarmText(ComparedCase one)
    {
        List<string> parts = [];
        if (one.Time is { Verdict: Comparison.Verdict.Higher } time) parts.Add(AlarmText(time, "makespan"));
        if (one.Allocations is { Verdict: Comparison.Verdict.Higher } allocations) parts.Add(AlarmText(allocations, "allocations"));
        return string.Join(", ", parts);
    }

    private static string AlarmText(ComparedFigure figure, string name)
    {
        var again = figure.Confirmation is { } confirmation ? $", in fresh rounds {Difference(confirmation.Ratio)}" : "";
        return $"{name} {Difference(figure.Ratio)}{again}";
    }

    private static string Verdict(RunComparison comparison, ComparedFigure figure, string higher, string lower)
    {
        switch (figure.Verdict)
        {
            case Comparison.Verdict.Higher when figure.IsConfirmed:
                return $"{higher}, confirmed";
            case Comparison.Verdict.Higher when comparison.ConfirmationRounds is not null:
                return $"{higher}, not confirmed";
            case Comparison.Verdict.Higher:
                return higher;
            case Comparison.Verdict.Lower:
                return lower;
            case Comparison.Verdict.TooNoisy:
                return figure.RoundsNeeded is { } rounds ? $"too noisy (about {rounds} rounds)" : "too noisy";
            default:
                return comparison.Gate is null ? "no difference shown" : "passed";
        }
    }

    private static string NoisyCases(RunComparison comparison, Func<ComparedCase, ComparedFigure?> figure) => ReportFormat.List(
        [.. comparison.Cases.Where(one => figure(one)?.Verdict == Comparison.Verdict.TooNoisy)
            .Select(one => $"{one.Name} ({NeededRounds(figure(one)!)})")]);

    private static string NeededRounds(ComparedFigure figure) => figure.RoundsNeeded is { } rounds
        ? $"about {ReportFormat.Number(rounds)} rounds would"
        : $"nor would {ReportFormat.Number(RegressionGate.MaxProposedRounds)} rounds";

    private static string ExcludedCases(RunComparison comparison) => ReportFormat.List(
        [.. comparison.Cases.Where(one => one.Exclusion is not null).Select(one => $"{one.Name} ({one.Exclusion})")]);

    private static string Signed(double percent, string format)
    {
        var text = percent.ToString(format, Culture);
        return percent < 0 && text.StartsWith('-') ? text.Replace("-", "\u2212", StringComparison.Ordinal) : $"+{text.TrimStart('-')}";
    }
}

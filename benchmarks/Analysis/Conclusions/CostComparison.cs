namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>The conclusion of a suite that compares ways of doing the same with a reference, its baseline: what each way takes of processor
/// time, memory and time, and under which conditions it matters.</summary>
/// <remarks>What is called more or less differs by more than <see cref="ComparisonWithBest.TieMargin"/>, as the interval shows for all
/// pairs of the suite at once; what is called the same lies within that margin on both sides, with its whole interval. The noise is that of
/// the rows under the same conditions: where the client waits for the server, processes differ far less than where it does not.</remarks>
/// <param name="suite">The suite.</param>
/// <param name="nameOf">The way of a row: the same name under all conditions.</param>
/// <param name="conditionOf">The conditions of a row, in words.</param>
public sealed class CostComparison(
    SuiteAnalysis suite, Func<CaseAnalysis, string> nameOf, Func<CaseAnalysis, string> conditionOf)
{
    /// <summary>A ratio that lies below this one is not shown in digits.</summary>
    private const double LeastShown = 0.01;

    private static readonly string Margin = ReportFormat.Percent(ComparisonWithBest.TieMargin);

    /// <summary>Under which conditions the way changes the time; which ways take more or less processor time under all of them; then the
    /// three figures, condition by condition.</summary>
    public Conclusion Conclude()
    {
        Condition[] conditions = [.. FindConditions()];
        if (conditions.Length == 0) return new Conclusion([ExplainNothing()]);
        var changed = conditions.Where(condition => IsChanged(condition.Times)).ToArray();
        var same = conditions.Where(condition => condition.Times.All(one => one.Verdict == CostVerdict.Same)).ToArray();
        string[] sentences =
        [
            $"The way changes the time under {ReportFormat.Number(changed.Length)} of "
                + $"{ReportFormat.Pluralize(conditions.Length, "condition")}.",
            .. List("It does with", changed),
            .. List($"The time is the same within {Margin} with", same),
            .. List("Undecided:", [.. conditions.Except(changed).Except(same)]),
            .. Everywhere(conditions),
            .. conditions.SelectMany(Describe),
        ];
        return new Conclusion(sentences);
    }

    /// <summary>The figure of each way over the reference's; null where the reference or its figure is unknown.</summary>
    /// <param name="rows">The rows, one for each label of a chart.</param>
    /// <param name="figure">A figure per download.</param>
    public IReadOnlyList<double?> Relative(IEnumerable<CaseAnalysis?> rows, Func<CaseAnalysis, double?> figure) =>
        [.. rows.Select(row => row is not null && FindReference(row) is { } reference ? figure(row) / figure(reference) : null)];

    private CaseAnalysis? FindReference(CaseAnalysis row) => suite.CompletedRows.FirstOrDefault(other => other.Result.IsBaseline
        && SuiteAnalysis.HaveSameConditions(other, row) && other.Result.Workers == row.Result.Workers);

    private IEnumerable<Condition> FindConditions()
    {
        var pairs = suite.ValidRows.Count(row => !row.Result.IsBaseline && FindReference(row) is not null);
        foreach (var reference in suite.ValidRows.Where(row => row.Result.IsBaseline))
        {
            CaseAnalysis[] others =
                [.. suite.ValidRows.Where(row => !row.Result.IsBaseline && FindReference(row)?.Index == reference.Index)];
            var condition = new Condition(
                reference,
                Compare(row => row.MediansMs, row => row.Result.Downloads),
                Compare(row => row.Figures.CpuMsByRound, _ => 1),
                Compare(row => row.Figures.AllocatedBytesByRound, _ => 1));
            if (condition.Times.Count > 0) yield return condition;

            IReadOnlyList<Compared> Compare(
                Func<CaseAnalysis, IReadOnlyDictionary<int, double>> byRound, Func<CaseAnalysis, double> unit)
            {
                var comparison = new RoundComparison([reference, .. others], byRound);
                return
                [
                    .. others.Select(row => (Row: row, Ratio: comparison.Ratio(row, reference)?.Scale(unit(reference) / unit(row))))
                        .Where(one => one.Ratio is not null)
                        .Select(one => new Compared(one.Row, one.Ratio!, CostJudgement.Judge(one.Ratio!, pairs))),
                ];
            }
        }
    }

    private static bool IsChanged(IReadOnlyList<Compared> times) => times.Any(one => one.Verdict is CostVerdict.More or CostVerdict.Less);

    private string ExplainNothing()
    {
        if (suite.Result.Rounds == 1 && suite.ValidRows.Any(row => row.IsComparable))
            return "One round tells no differences: measure with --rounds 3 or more.";
        return suite.ValidRows.FirstOrDefault(row => row.Result.IsBaseline) is { } reference
            ? $"No row can be compared with {nameOf(reference)}, the reference of this suite."
            : "The row that the others are compared with is missing, or cannot be compared.";
    }

    private IEnumerable<string> List(string beginning, Condition[] conditions) => conditions.Length == 0
        ? []
        : [$"{beginning} {string.Join("; ", conditions.Select(condition => conditionOf(condition.Reference)))}."];

    /// <summary>The ways that ran under every condition and whose processor time is always more than the reference's, or always
    /// less.</summary>
    private IEnumerable<string> Everywhere(Condition[] conditions)
    {
        var ways = conditions.SelectMany(condition => condition.ProcessorTimes).GroupBy(one => nameOf(one.Row))
            .Where(way => way.Count() == conditions.Length).ToArray();
        string[] less = [.. ways.Where(way => way.All(one => one.Verdict == CostVerdict.Less)).Select(way => way.Key)];
        string[] more = [.. ways.Where(way => way.All(one => one.Verdict == CostVerdict.More)).Select(way => way.Key)];
        List<string> parts = [];
        if (less.Length > 0) parts.Add($"lower with {ReportFormat.List(less)}");
        if (more.Length > 0) parts.Add($"higher with {ReportFormat.List(more)}");
        if (parts.Count == 0) return [];
        var reference = nameOf(conditions[0].Reference);
        return [$"Under every condition measured, processor time is {string.Join(" and ", parts)} than with {reference}."];
    }

    private IEnumerable<string> Describe(Condition compared)
    {
        var reference = compared.Reference;
        List<string> costs = [];
        if (reference.Figures.CpuMsPerDownload is { } cpu) costs.Add($"{ReportFormat.ThreeDigits(1000 * cpu)} µs of processor time");
        if (reference.Figures.AllocatedBytesPerDownload is { } allocated) costs.Add($"{ReportFormat.Bytes(allocated)} of allocations");
        if (costs.Count == 0) costs.Add(ReportFormat.Time(reference.MedianMs!.Value / reference.Result.Downloads));
        var condition = conditionOf(reference);
        var beginning = $"{char.ToUpperInvariant(condition[0])}{condition[1..]}";
        yield return $"{beginning}: {nameOf(reference)} takes {ReportFormat.List(costs)} a download.";
        foreach (var (figure, others) in compared.Figures.Where(one => one.Compared.Count > 0))
            yield return $"{figure}: {Describe(others)}.";
    }

    private string Describe(IReadOnlyList<Compared> compared)
    {
        var differing = compared.Where(one => one.Verdict is CostVerdict.More or CostVerdict.Less).OrderBy(one => one.Ratio.Value)
            .Select(one => $"{nameOf(one.Row)} {Times(one.Ratio)}");
        string[] parts =
        [
            string.Join(", ", differing),
            NamesOf($"within {Margin}", compared, CostVerdict.Same),
            NamesOf("undecided", compared, CostVerdict.Undecided),
        ];
        return string.Join("; ", parts.Where(part => part.Length > 0));
    }

    /// <summary>"1.21 ± 0.04 times".</summary>
    private static string Times(PairedRatio ratio) => ratio.High < LeastShown
        ? $"less than {ReportFormat.ThreeDigits(LeastShown)} times"
        : $"{ReportFormat.WithError(new Estimate(ratio.Value, ratio.Error))} times";

    /// <summary>"undecided a, b"; "all" and "the others" stand for the names where no other verdict needs them.</summary>
    private string NamesOf(string what, IReadOnlyList<Compared> compared, CostVerdict verdict)
    {
        string[] names = [.. compared.Where(one => one.Verdict == verdict).Select(one => nameOf(one.Row))];
        if (names.Length == 0) return "";
        if (names.Length == compared.Count) return $"{what} all";
        var areOnlyOnes = compared.All(one => one.Verdict is CostVerdict.More or CostVerdict.Less || one.Verdict == verdict);
        return areOnlyOnes && names.Length > 1 ? $"{what} the others" : $"{what} {string.Join(", ", names)}";
    }

    /// <summary>A row over the reference under the same conditions.</summary>
    private sealed record Compared(CaseAnalysis Row, PairedRatio Ratio, CostVerdict Verdict);

    /// <summary>The reference under its conditions, and the others over it.</summary>
    private sealed record Condition(
        CaseAnalysis Reference,
        IReadOnlyList<Compared> Times,
        IReadOnlyList<Compared> ProcessorTimes,
        IReadOnlyList<Compared> Allocations)
    {
        public IEnumerable<(string Figure, IReadOnlyList<Compared> Compared)> Figures =>
            [("Time", Times), ("Processor time", ProcessorTimes), ("Allocations", Allocations)];
    }
}

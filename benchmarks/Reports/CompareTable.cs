using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Analysis.Comparison;

namespace Downloader.Benchmarks.Reports;

/// <summary>The table of a comparison, the same in every view.</summary>
internal static class CompareTable
{
    private static readonly (TableColumn Column, bool IsWide, Func<RunComparison, ComparedCase, TableCell> Cell)[] All =
    [
        (new("Case", false), false, (_, one) => new(one.Name)),
        (new("Base ms", true, "The base's makespan: the median of each process, and of these the geometric mean."), true,
            (_, one) => Number(one.Base.MedianMs)),
        (new("Candidate ms", true, "The candidate's makespan."), true, (_, one) => Number(one.Candidate.MedianMs)),
        (new("Makespan", true, "How much longer the candidate takes, ± half the 95 % interval; without ± where it is not compared."),
            false, (_, one) => Time(one)),
        (new("Verdict", false, "What follows for the makespan, all cases considered together."), false,
            (comparison, one) => new(ComparisonText.TimeVerdict(comparison, one))),
        (new("Deviation %", true, "The relative standard deviation between two processes of the case."), true,
            (_, one) => Number(one.Time?.Ratio.ProcessDeviation * 100)),
        (new("Allocations", true, "How much more the candidate allocates per download, ± half the 95 % interval."), false,
            (_, one) => Difference(one.Allocations)),
        (new("Their verdict", false, "What follows for the allocations."), true,
            (comparison, one) => new(ComparisonText.AllocationVerdict(comparison, one))),
    ];

    /// <summary>The table.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="isWide">Whether there is room for all columns.</param>
    public static ReportTable Create(RunComparison comparison, bool isWide = true)
    {
        var columns = All.Where(column => isWide || !column.IsWide).ToArray();
        return new ReportTable(
            "The compared cases",
            [.. columns.Select(column => column.Column)],
            [.. comparison.Cases.Select(one => (IReadOnlyList<TableCell>)[.. columns.Select(column => column.Cell(comparison, one))])])
        {
            MutedRows = Enumerable.Range(0, comparison.Cases.Count).Where(index => comparison.Cases[index].Exclusion is not null)
                .ToHashSet(),
        };
    }

    private static TableCell Time(ComparedCase one)
    {
        if (one.Time is not null) return Difference(one.Time);
        return one.TimeRatio is { } ratio ? new(ComparisonText.Difference(ratio), ratio) : new("");
    }

    private static TableCell Difference(ComparedFigure? figure) =>
        figure is null ? new("") : new(ComparisonText.Difference(figure.Ratio), figure.Ratio.Value);

    private static TableCell Number(double? value) => value is { } number ? new(ReportFormat.ThreeDigits(number), number) : new("");
}

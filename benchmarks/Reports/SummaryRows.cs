using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>A few rows that stand for a suite: one of each kind.</summary>
internal static class SummaryRows
{
    /// <summary>The baseline, the slowest starved row of most workers, the fastest blocking row, the asynchronous row of least code among
    /// those not shown to be slower, and the fastest row without a limit: those that there are, slowest first.</summary>
    public static IReadOnlyList<CaseAnalysis> Choose(SuiteAnalysis suite)
    {
        var rows = suite.ValidRows.Where(row => !row.Result.IsCold).ToArray();
        var regular = rows.Where(row => row is { IsBounded: true, IsStarved: false }).ToArray();
        CaseAnalysis?[] chosen =
        [
            suite.Baseline,
            rows.Where(row => row.IsStarved).MaxBy(row => (row.MaxInFlight, row.MedianMs)),
            regular.Where(row => row.Result.Kind == StrategyKind.Blocking).MinBy(row => row.MedianMs),
            ChooseAsynchronous(regular),
            rows.Where(row => !row.IsBounded).MinBy(row => row.MedianMs),
        ];
        return [.. chosen.OfType<CaseAnalysis>().DistinctBy(row => row.Index).OrderByDescending(row => row.ListMedianMs)];
    }

    /// <summary>The bounded asynchronous row of least code among those not shown to be slower than the best; the fastest where nothing was
    /// compared.</summary>
    public static CaseAnalysis? ChooseAsynchronous(IEnumerable<CaseAnalysis> rows) => rows
        .Where(row => row.IsBounded && row.Result.Kind == StrategyKind.Asynchronous)
        .OrderBy(row => row.VersusBest?.Standing == Standing.Slower)
        .ThenBy(row => row.VersusBest is null ? 0 : StrategyCatalogue.Find(row.Result.Strategy)!.CodeEffort)
        .ThenBy(row => row.MedianMs)
        .FirstOrDefault();
}

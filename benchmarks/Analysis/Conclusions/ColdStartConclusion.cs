using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>First runs against the steady state: who pays, and what cures it.</summary>
internal static class ColdStartConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        var pairs = suite.Ran.Where(row => row.Row.IsCold)
            .Select(cold => (Cold: cold, Steady: suite.Ran.FirstOrDefault(row => !row.Row.IsCold && IsSameCase(row.Row, cold.Row))))
            .Where(pair => pair.Steady is not null)
            .Select(pair => (pair.Cold, Steady: pair.Steady!, Ratio: pair.Cold.Median!.Value / pair.Steady!.Median!.Value))
            .OrderByDescending(pair => pair.Ratio).ToArray();
        if (pairs.Length == 0) return new Conclusion(["No case ran both cold and steady, so the first run cannot be compared."], null);

        List<string> sentences = [];
        var (worst, steady, ratio) = pairs[0];
        sentences.Add($"The first run of {worst.Plain} in a fresh process took {ReportFormat.Time(worst.Median!.Value)}, {ReportFormat.Number(ratio)} times its steady {ReportFormat.Time(steady.Median!.Value)}.");
        if (worst.Row.Kind == StrategyKind.Blocking && pairs.Where(pair => pair.Cold.Row.Kind == StrategyKind.Asynchronous).ToArray() is { Length: > 0 } asynchronous)
        {
            var slowest = asynchronous.MaxBy(pair => pair.Ratio);
            sentences.Add($"No asynchronous one needed more than {ReportFormat.Number(slowest.Ratio)} times ({slowest.Cold.Plain}: {ReportFormat.Time(slowest.Cold.Median!.Value)}).");
        }

        var cure = pairs.Select(pair => pair.Cold)
            .Where(row => row.Row.Strategy == worst.Row.Strategy && row.Row.Workers == worst.Row.Workers && row.Row.Variant != worst.Row.Variant && row.IsValid)
            .MinBy(row => row.Median);
        if (cure is null || cure.Median > worst.Median * (1 - Recommendation.Tolerance)) return new Conclusion(sentences, null);
        return new Conclusion(sentences, $"The cure: {cure.Plain} took {ReportFormat.Time(cure.Median!.Value)} in its first run, "
            + $"{ReportFormat.Number(worst.Median.Value / cure.Median.Value)} times faster.");
    }

    private static bool IsSameCase(CaseResult a, CaseResult b) =>
        a.Strategy == b.Strategy && a.Workers == b.Workers && a.Variant == b.Variant && a.Downloads == b.Downloads;
}

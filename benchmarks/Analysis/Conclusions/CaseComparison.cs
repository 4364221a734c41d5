namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>The conclusion of a suite that sets a few cases side by side: measured, ideal and published.</summary>
public static class CaseComparison
{
    private const int MaxNamed = 3;

    /// <summary>Compares published cases, where there are any, else the fastest ones, with the baseline.</summary>
    public static Conclusion Conclude(SuiteAnalysis suite)
    {
        var ranked = suite.CompletedRows.Where(row => row.Rank is not null).ToArray();
        var published = suite.CompletedRows.Where(row => row.Result.PublishedMs is not null).ToArray();
        List<string> sentences = [];
        if (ranked.Length > 1 && ranked.All(row => row.Rank == 1))
        {
            var range = $"{SentenceFragments.Median(ranked.MinBy(row => row.MedianMs)!)} to "
                + $"{SentenceFragments.Median(ranked.MaxBy(row => row.MedianMs)!)}";
            return new Conclusion([$"No case differs from another beyond noise: {range}."]);
        }

        if (published.Length > 0) sentences.Add($"Measured (published): {string.Join(", ", published.Select(MeasuredAndPublished))}.");
        sentences.AddRange(Speedups(suite, published));
        if (FarthestFromIdeal(suite) is { } farthest) sentences.Add(farthest);
        if (suite.Recommendation is null) sentences.Add(SentenceFragments.ExplainNoRecommendation(suite));
        return new Conclusion(sentences, published.Length > 0 ? null : SentenceFragments.Recommendation(suite, suite.Recommendation));
    }

    private static string MeasuredAndPublished(CaseAnalysis row) =>
        $"{row.FullName} {SentenceFragments.Median(row)} ({ReportFormat.Time(row.Result.PublishedMs!.Value)})";

    private static IEnumerable<string> Speedups(SuiteAnalysis suite, CaseAnalysis[] published)
    {
        if (suite.Baseline is not { } baseline) return [SentenceFragments.Speedup(suite, suite.CompletedRows.MinBy(row => row.MedianMs)!)];
        var candidates = published.Length > 0
            ? published
            : suite.CompletedRows.Where(row => row.IsValid).OrderBy(row => row.MedianMs).ToArray();
        return candidates.Where(row => row.Index != baseline.Index && row.Speedup is not null).Take(MaxNamed).Select(Speedup);

        string Speedup(CaseAnalysis row)
        {
            var sentence = SentenceFragments.Speedup(suite, row);
            return baseline.Result.PublishedMs / row.Result.PublishedMs is { } ratio
                ? $"{sentence[..^1]} (published: {ReportFormat.ThreeDigits(Math.Max(ratio, 1 / ratio))})."
                : sentence;
        }
    }

    private static string? FarthestFromIdeal(SuiteAnalysis suite)
    {
        var farthest = suite.CompletedRows.Where(row => row.Figures.IdealMs is not null).MaxBy(row => Math.Abs(Excess(row)));
        if (farthest is null) return null;
        var side = Excess(farthest) < 0 ? "below" : "above";
        var share = ReportFormat.Percent(Math.Abs(Excess(farthest)));
        return $"Farthest from its ideal schedule is {farthest.FullName}: {SentenceFragments.Median(farthest)}, {share} {side} it.";

        static double Excess(CaseAnalysis row) => row.MedianMs!.Value / row.Figures.IdealMs!.Value - 1;
    }
}

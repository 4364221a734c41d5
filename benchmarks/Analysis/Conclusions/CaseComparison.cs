namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>The conclusion of a suite that sets a few cases side by side: measured, ideal and published.</summary>
public static class CaseComparison
{
    private const int MaxNamed = 3;

    /// <summary>Compares published cases, where there are any, else the fastest ones, with the baseline.</summary>
    public static Conclusion Conclude(SuiteAnalysis suite)
    {
        var compared = suite.ValidRows.Where(row => row.VersusBest is not null).ToArray();
        if (compared.Length > 1 && compared.All(row => row.VersusBest!.Standing == Standing.BestOrTie))
        {
            var range = $"{SentenceFragments.Median(compared.MinBy(row => row.MedianMs)!)} to "
                + $"{SentenceFragments.Median(compared.MaxBy(row => row.MedianMs)!)}";
            var margin = ReportFormat.Percent(ComparisonWithBest.TieMargin);
            return new Conclusion([$"All{Compared(suite, compared)} rows tie, within {margin} of the best: {range}."]);
        }

        if (suite.Recommendation is not { } recommendation) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        var published = suite.ValidRows.Where(row => row.Result.PublishedMs is not null).ToArray();
        List<string> sentences = [SentenceFragments.Headline(suite, recommendation)];
        if (published.Length > 0) sentences.Add($"Measured (published): {string.Join(", ", published.Select(MeasuredAndPublished))}.");
        sentences.AddRange(Speedups(suite, published));
        if (FarthestFromIdeal(suite) is { } farthest) sentences.Add(farthest);
        sentences.AddRange(SentenceFragments.OpenChoice(recommendation));
        return new Conclusion(sentences, published.Length > 0 ? null : SentenceFragments.Recommended(recommendation));
    }

    /// <summary>" 4 compared", where there are other rows.</summary>
    private static string Compared(SuiteAnalysis suite, CaseAnalysis[] compared) =>
        compared.Length == suite.Rows.Count ? "" : $" {ReportFormat.Number(compared.Length)} compared";

    private static string MeasuredAndPublished(CaseAnalysis row) =>
        $"{row.FullName} {SentenceFragments.Median(row)} ({ReportFormat.Time(row.Result.PublishedMs!.Value)})";

    private static IEnumerable<string> Speedups(SuiteAnalysis suite, CaseAnalysis[] published)
    {
        if (suite.Baseline is not { } baseline) return [];
        var candidates = published.Length > 0 ? published : [.. suite.ValidRows.OrderBy(row => row.MedianMs)];
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
        var farthest = suite.ValidRows.Where(row => row.Figures.IdealMs > 0).MaxBy(row => Math.Abs(Excess(row)));
        if (farthest is null) return null;
        var side = Excess(farthest) < 0 ? "below" : "above";
        var share = ReportFormat.Percent(Math.Abs(Excess(farthest)));
        return $"Farthest from its ideal schedule is {farthest.FullName}: {SentenceFragments.Median(farthest)}, {share} {side} it.";

        static double Excess(CaseAnalysis row) => row.MedianMs!.Value / row.Figures.IdealMs!.Value - 1;
    }
}

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What each kind of latency does to the strategies: the slowest beside the fastest, a sentence per variant.</summary>
internal static class TailConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        var lasting = new List<CaseAnalysis>();
        foreach (var variant in suite.Ran.Where(row => row.IsValid).GroupBy(row => row.Row.Variant))
        {
            var fastest = variant.MinBy(row => row.Median)!;
            var slowest = variant.MaxBy(row => row.Median)!;
            lasting.Add(fastest);
            var slower = Estimate.Ratio(slowest.Median!.Value, slowest.Spread, fastest.Median!.Value, fastest.Spread);
            sentences.Add(SignificanceTest.IsFaster(fastest.Row.Makespans, slowest.Row.Makespans, Recommendation.Tolerance)
                ? $"With latency {variant.Key}, {slowest.Row.Strategy} took {ReportFormat.Time(slowest.Median.Value)}, {ReportFormat.Figure(slower)} times the {ReportFormat.Time(fastest.Median.Value)} of {fastest.Row.Strategy}."
                : $"With latency {variant.Key}, all strategies took about the same: {ReportFormat.Time(fastest.Median.Value)} to {ReportFormat.Time(slowest.Median.Value)}.");
        }

        if (sentences.Count == 0) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)], null);
        var advice = Recommendation.Among(suite.Ran.Where(row => row.Row.Variant == lasting.MaxBy(row => row.Median)!.Row.Variant));
        return new Conclusion(sentences, SentenceFragments.Recommendation(suite, advice));
    }
}

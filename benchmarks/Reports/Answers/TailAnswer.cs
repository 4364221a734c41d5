using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>What each kind of latency does to the strategies: the slowest beside the fastest, a sentence per variant.</summary>
internal static class TailAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        var lasting = new List<RowAnalysis>();
        foreach (var variant in suite.Ran.Where(row => row.IsSound).GroupBy(row => row.Row.Variant))
        {
            var fastest = variant.MinBy(row => row.Median)!;
            var slowest = variant.MaxBy(row => row.Median)!;
            lasting.Add(fastest);
            var slower = Uncertain.Ratio(slowest.Median!.Value, slowest.Spread, fastest.Median!.Value, fastest.Spread);
            sentences.Add(NoiseTest.IsFaster(fastest.Row.Makespans, slowest.Row.Makespans, Recommendation.Tolerance)
                ? $"With latency {variant.Key}, {slowest.Row.Strategy} took {Phrase.Time(slowest.Median.Value)}, {Phrase.Figure(slower)} times the {Phrase.Time(fastest.Median.Value)} of {fastest.Row.Strategy}."
                : $"With latency {variant.Key}, all strategies took about the same: {Phrase.Time(fastest.Median.Value)} to {Phrase.Time(slowest.Median.Value)}.");
        }

        if (sentences.Count == 0) return new Answer([Told.NothingSound(suite)], null);
        var advice = Recommendation.Among(suite.Ran.Where(row => row.Row.Variant == lasting.MaxBy(row => row.Median)!.Row.Variant));
        return new Answer(sentences, Told.Recommendation(suite, advice));
    }
}

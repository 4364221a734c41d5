namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>A few cases side by side: measured, ideal and published.</summary>
internal static class ComparisonConclusion
{
    private const int MostNamed = 3;

    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        var published = suite.Ran.Where(row => row.Row.Published is not null).ToArray();
        if (published.Length > 0)
        {
            sentences.Add("Measured (published): " + string.Join(", ",
                published.Select(row => $"{row.FullName} {ReportFormat.Time(row.Median!.Value)} ({ReportFormat.Time(row.Row.Published!.Value)})")) + ".");
        }

        var compared = (published.Length > 0 ? published : suite.Ran.Where(row => row.IsValid).OrderBy(row => row.Median).ToArray())
            .Where(row => row.Index != suite.Baseline?.Index && row.Speedup is not null).Take(MostNamed).ToArray();
        var ranked = suite.Ran.Where(row => row.Rank is not null).ToArray();
        if (ranked.Length > 1 && ranked.All(row => row.Rank == 1))
            return new Conclusion([$"No case differs from another beyond noise: {ReportFormat.Time(ranked.Min(row => row.Median!.Value))} to {ReportFormat.Time(ranked.Max(row => row.Median!.Value))}."], null);
        if (suite.Baseline is not null) sentences.AddRange(compared.Select(row => SentenceFragments.Speedup(suite, row) is var told && suite.Baseline.Row.Published / row.Row.Published is { } elsewhere
            ? $"{told[..^1]} (published: {ReportFormat.Number(Math.Max(elsewhere, 1 / elsewhere))})." : told));
        else if (suite.Ran.MinBy(row => row.Median) is { } fastest) sentences.Add(SentenceFragments.Speedup(suite, fastest));

        var off = suite.Ran.Where(row => row.Ideal is not null).MaxBy(row => Math.Abs(row.Median!.Value / row.Ideal!.Value - 1));
        if (off is not null)
        {
            var share = off.Median!.Value / off.Ideal!.Value - 1;
            sentences.Add($"Farthest from its ideal schedule is {off.FullName}: {ReportFormat.Time(off.Median.Value)}, {ReportFormat.Percent(Math.Abs(share))} {(share < 0 ? "below" : "above")} it.");
        }

        if (suite.Recommended is null) sentences.Add(SentenceFragments.ExplainNoRecommendation(suite));
        return new Conclusion(sentences, published.Length > 0 ? null : SentenceFragments.Recommendation(suite, suite.Recommended));
    }
}

using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>A few cases side by side: measured, ideal and published.</summary>
internal static class ComparisonAnswer
{
    private const int MostNamed = 3;

    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        var published = suite.Ran.Where(row => row.Row.Published is not null).ToArray();
        if (published.Length > 0)
        {
            sentences.Add("Measured (published): " + string.Join(", ",
                published.Select(row => $"{row.FullName} {Phrase.Time(row.Median!.Value)} ({Phrase.Time(row.Row.Published!.Value)})")) + ".");
        }

        var compared = (published.Length > 0 ? published : suite.Ran.Where(row => row.IsSound).OrderBy(row => row.Median).ToArray())
            .Where(row => row.Index != suite.Baseline?.Index && row.Speedup is not null).Take(MostNamed).ToArray();
        var ranked = suite.Ran.Where(row => row.Rank is not null).ToArray();
        if (ranked.Length > 1 && ranked.All(row => row.Rank == 1))
            return new Answer([$"No case differs from another beyond noise: {Phrase.Time(ranked.Min(row => row.Median!.Value))} to {Phrase.Time(ranked.Max(row => row.Median!.Value))}."], null);
        if (suite.Baseline is not null) sentences.AddRange(compared.Select(row => Told.Speedup(suite, row) is var told && suite.Baseline.Row.Published / row.Row.Published is { } elsewhere
            ? $"{told[..^1]} (published: {Phrase.Number(Math.Max(elsewhere, 1 / elsewhere))})." : told));
        else if (suite.Ran.MinBy(row => row.Median) is { } fastest) sentences.Add(Told.Speedup(suite, fastest));

        var off = suite.Ran.Where(row => row.Ideal is not null).MaxBy(row => Math.Abs(row.Median!.Value / row.Ideal!.Value - 1));
        if (off is not null)
        {
            var share = off.Median!.Value / off.Ideal!.Value - 1;
            sentences.Add($"Farthest from its ideal schedule is {off.FullName}: {Phrase.Time(off.Median.Value)}, {Phrase.Percent(Math.Abs(share))} {(share < 0 ? "below" : "above")} it.");
        }

        if (suite.Recommended is null) sentences.Add(Told.NothingSound(suite));
        return new Answer(sentences, published.Length > 0 ? null : Told.Recommendation(suite, suite.Recommended));
    }
}

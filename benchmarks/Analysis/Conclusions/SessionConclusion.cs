namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What connections cost, and which client policy saves them.</summary>
internal static class SessionConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        // Among those as fast, the policy that opens the fewest connections is the kinder one.
        var kindest = suite.Recommended is { } choice ? choice.Equivalents.Prepend(choice.Row).OrderBy(row => row.Row.Connections ?? int.MaxValue).First() : null;
        var counted = suite.Ran.Where(row => row.Row.Connections is not null).ToArray();
        var most = counted.MaxBy(row => row.Row.Connections);
        if (most is not null && kindest?.Row.Connections < most.Row.Connections)
        {
            sentences.Add($"{most.FullName} opened {ReportFormat.Count(most.Row.Connections!.Value, "connection")} and took {ReportFormat.Time(most.Median!.Value)}; "
                + $"{kindest.FullName} opened {ReportFormat.Count(kindest.Row.Connections!.Value, "connection")} and took {ReportFormat.Time(kindest.Median!.Value)}.");
        }
        else if (counted.Length == 0)
        {
            sentences.Add("Connections were not counted: the server did not witness this suite.");
        }

        if (suite.Recommended is not { } taken || kindest is null) return new Conclusion([.. sentences, SentenceFragments.ExplainNoRecommendation(suite)], null);
        sentences.Add(SentenceFragments.Speedup(suite, kindest));
        return new Conclusion(sentences, SentenceFragments.Recommendation(suite, taken with { Row = kindest, Equivalents = [.. taken.Equivalents.Prepend(taken.Row).Where(row => row.Index != kindest.Index)] }));
    }
}

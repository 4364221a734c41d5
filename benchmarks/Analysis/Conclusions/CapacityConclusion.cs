namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Where the server's capacity ends: the knee, and who pays with refusals past it.</summary>
internal static class CapacityConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        if (suite.Recommended is { } choice)
        {
            var capacity = suite.Suite.Scenario.Capacity is { } k ? $"the server serves {k} at once" : "the server's capacity is reached";
            var past = suite.Rows.Where(row => row.IsValid && row.Allowed > choice.Row.Allowed).MaxBy(row => row.Allowed);
            sentences.Add($"Time stopped falling at {ReportFormat.Count(choice.Row.Allowed, "worker")}: {capacity}"
                + (past is null ? "." : past.Median >= choice.Row.Median * (1 - Recommendation.Tolerance)
                    ? $", and {past.FullName} was no faster ({ReportFormat.Time(past.Median!.Value)} against {ReportFormat.Time(choice.Row.Median!.Value)})."
                    : $", yet {past.FullName} took only {ReportFormat.Time(past.Median!.Value)} against {ReportFormat.Time(choice.Row.Median!.Value)}."));
        }

        var refused = suite.Ran.Where(row => row.Failed > 0).ToArray();
        var uncounted = suite.Ran.Count(row => row.Failed is null);
        if (refused.MaxBy(row => row.Failed / row.Row.Downloads) is { } worst)
        {
            var fewest = refused.Where(row => row.Row.Workers is not null).MinBy(row => row.Allowed);
            sentences.Add($"{worst.FullName} paid with refusals: {SentenceFragments.Failures(worst)}"
                + (fewest is null || fewest.Index == worst.Index ? "." : $"; refusals began at {ReportFormat.Count(fewest.Row.Workers!.Value, "worker")}."));
        }
        else if (uncounted == 0)
        {
            sentences.Add("No download failed.");
        }

        if (uncounted > 0)
            sentences.Add($"Whether downloads failed is unknown for {ReportFormat.Count(uncounted, "row")} of {suite.Ran.Count()}: without an audit nobody counted them.");
        if (suite.Recommended is null) sentences.Add(SentenceFragments.ExplainNoRecommendation(suite));
        return new Conclusion(sentences, SentenceFragments.Recommendation(suite, suite.Recommended, ", without a failed download"));
    }
}

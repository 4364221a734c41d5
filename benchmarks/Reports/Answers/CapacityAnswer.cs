using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>Where the server's capacity ends: the knee, and who pays with refusals past it.</summary>
internal static class CapacityAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        if (suite.Recommended is { } choice)
        {
            var capacity = suite.Suite.Scenario.Capacity is { } k ? $"the server serves {k} at once" : "the server's capacity is reached";
            var past = suite.Rows.Where(row => row.IsSound && row.Allowed > choice.Row.Allowed).MaxBy(row => row.Allowed);
            sentences.Add($"Time stopped falling at {Phrase.Count(choice.Row.Allowed, "worker")}: {capacity}"
                + (past is null ? "." : past.Median >= choice.Row.Median * (1 - Recommendation.Tolerance)
                    ? $", and {past.FullName} was no faster ({Phrase.Time(past.Median!.Value)} against {Phrase.Time(choice.Row.Median!.Value)})."
                    : $", yet {past.FullName} took only {Phrase.Time(past.Median!.Value)} against {Phrase.Time(choice.Row.Median!.Value)}."));
        }

        var refused = suite.Ran.Where(row => row.Failed > 0).ToArray();
        var uncounted = suite.Ran.Count(row => row.Failed is null);
        if (refused.MaxBy(row => row.Failed / row.Row.Downloads) is { } worst)
        {
            var fewest = refused.Where(row => row.Row.Workers is not null).MinBy(row => row.Allowed);
            sentences.Add($"{worst.FullName} paid with refusals: {Told.Failures(worst)}"
                + (fewest is null || fewest.Index == worst.Index ? "." : $"; refusals began at {Phrase.Count(fewest.Row.Workers!.Value, "worker")}."));
        }
        else if (uncounted == 0)
        {
            sentences.Add("No download failed.");
        }

        if (uncounted > 0)
            sentences.Add($"Whether downloads failed is unknown for {Phrase.Count(uncounted, "row")} of {suite.Ran.Count()}: without an audit nobody counted them.");
        if (suite.Recommended is null) sentences.Add(Told.NothingSound(suite));
        return new Answer(sentences, Told.Recommendation(suite, suite.Recommended, ", without a failed download"));
    }
}

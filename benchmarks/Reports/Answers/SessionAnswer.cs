using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>What connections cost, and which client policy saves them.</summary>
internal static class SessionAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        // Among those as fast, the policy that opens the fewest connections is the kinder one.
        var kindest = suite.Recommended is { } choice ? choice.AsGood.Prepend(choice.Row).OrderBy(row => row.Row.Connections ?? int.MaxValue).First() : null;
        var counted = suite.Ran.Where(row => row.Row.Connections is not null).ToArray();
        var most = counted.MaxBy(row => row.Row.Connections);
        if (most is not null && kindest?.Row.Connections < most.Row.Connections)
        {
            sentences.Add($"{most.FullName} opened {Phrase.Count(most.Row.Connections!.Value, "connection")} and took {Phrase.Time(most.Median!.Value)}; "
                + $"{kindest.FullName} opened {Phrase.Count(kindest.Row.Connections!.Value, "connection")} and took {Phrase.Time(kindest.Median!.Value)}.");
        }
        else if (counted.Length == 0)
        {
            sentences.Add("Connections were not counted: the server did not witness this suite.");
        }

        if (suite.Recommended is not { } taken || kindest is null) return new Answer([.. sentences, Told.NothingSound(suite)], null);
        sentences.Add(Told.Speedup(suite, kindest));
        return new Answer(sentences, Told.Recommendation(suite, taken with { Row = kindest, AsGood = [.. taken.AsGood.Prepend(taken.Row).Where(row => row.Index != kindest.Index)] }));
    }
}

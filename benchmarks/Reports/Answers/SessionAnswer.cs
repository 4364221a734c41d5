using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>What connections cost, and which client policy saves them.</summary>
internal static class SessionAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        List<string> sentences = [];
        var counted = suite.Ran.Where(row => row.Row.Connections is not null).ToArray();
        var most = counted.MaxBy(row => row.Row.Connections);
        var fewest = counted.Where(row => row.IsSound).OrderBy(row => row.Row.Connections).ThenBy(row => row.Median).FirstOrDefault();
        if (most is not null && fewest is not null && most.Row.Connections > fewest.Row.Connections)
        {
            sentences.Add($"{most.FullName} opened {Phrase.Count(most.Row.Connections!.Value, "connection")} and took {Phrase.Time(most.Median!.Value)}; "
                + $"{fewest.FullName} opened {Phrase.Count(fewest.Row.Connections!.Value, "connection")} and took {Phrase.Time(fewest.Median!.Value)}.");
        }
        else if (counted.Length == 0)
        {
            sentences.Add("Connections were not counted: the server did not witness this suite.");
        }

        if (suite.Recommended is not { } choice) return new Answer([.. sentences, Told.NothingSound], null);
        // Among those as fast, the policy that opens the fewest connections is the kinder one.
        var kindest = choice.AsGood.Prepend(choice.Row).OrderBy(row => row.Row.Connections ?? int.MaxValue).First();
        sentences.Add(Told.Speedup(suite, kindest));
        return new Answer(sentences, Told.Recommendation(choice with { Row = kindest, AsGood = [.. choice.AsGood.Prepend(choice.Row).Where(row => row.Index != kindest.Index)] }));
    }
}

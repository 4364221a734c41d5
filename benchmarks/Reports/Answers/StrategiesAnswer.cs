using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>Which strategy, how many workers: the fastest by name, then who stopped gaining, and why.</summary>
internal static class StrategiesAnswer
{
    public static Answer To(SuiteAnalysis suite)
    {
        if (suite.Recommended is not { } choice) return new Answer([Told.NothingSound(suite)], null);
        List<string> sentences = [Told.Speedup(suite, choice.Row)];
        var stopped = suite.PerStrategy.Select(fewest => Stopped(suite, fewest)).OfType<(string Clause, RowAnalysis Starved)>()
            .OrderBy(item => item.Starved.IdealShare).ToArray();
        if (stopped.Length > 0) sentences.Add(string.Join("; ", stopped.Select(item => item.Clause)) + ".");
        if (suite.Ran.Where(row => !row.IsBounded && row.IsSound).MinBy(row => row.Median) is { } unbounded && unbounded.Median < choice.Row.Median)
        {
            sentences.Add($"{unbounded.FullName}, which keeps to no limit, took {Phrase.Time(unbounded.Median!.Value)}"
                + (suite.Suite.Scenario.Capacity is null ? ": this server has no capacity that it could exceed." : "."));
        }

        var widest = suite.Rows.Where(row => row.Row.Workers is not null && row.IsSound).Max(row => row.Row.Workers);
        var advice = Told.Recommendation(suite, choice);
        if (choice.Row.Row.Workers is { } workers && workers == widest && workers < choice.Row.Row.Downloads)
            advice += Told.WorkerCounts(suite) == 1 ? " No other worker count was measured." : " More workers were not measured; they may gain more.";
        return new Answer(sentences, advice);
    }

    // A strategy stopped gaining when the fewest workers that are as good as its best are not its most, and it is starved there or beyond.
    private static (string Clause, RowAnalysis Starved)? Stopped(SuiteAnalysis suite, RowAnalysis fewest)
    {
        var starved = suite.Rows.Where(row => row.Name == fewest.Name && row.IsStarved).MaxBy(row => row.Allowed);
        if (starved?.Row.Workers is not { } workers || fewest.Row.Workers is not { } enough) return null;
        var seen = starved.Row.InFlight is { } inFlight
            ? $"only {Phrase.Number(inFlight)} of {starved.Allowed} requests were in flight on average"
            : $"only {Phrase.Percent(starved.IdealShare!.Value)} of the ideal schedule was reached";
        return enough < workers
            ? ($"{fewest.Name} stopped gaining at {Phrase.Count(enough, "worker")}, because with {workers} {seen}", starved)
            : ($"{fewest.Name} starved with {Phrase.Count(workers, "worker")}: {seen}", starved);
    }
}

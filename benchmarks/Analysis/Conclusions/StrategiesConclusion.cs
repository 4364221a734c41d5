namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Which strategy, how many workers: the fastest by name, then who stopped gaining, and why.</summary>
internal static class StrategiesConclusion
{
    public static Conclusion To(SuiteAnalysis suite)
    {
        if (suite.Recommended is not { } choice) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)], null);
        List<string> sentences = [SentenceFragments.Speedup(suite, choice.Row)];
        var stopped = suite.FewestWorkersByStrategy.Select(fewest => Stopped(suite, fewest)).OfType<(string Clause, CaseAnalysis Starved)>()
            .OrderBy(item => item.Starved.IdealShare).ToArray();
        if (stopped.Length > 0) sentences.Add(string.Join("; ", stopped.Select(item => item.Clause)) + ".");
        if (suite.Ran.Where(row => !row.IsBounded && row.IsValid).MinBy(row => row.Median) is { } unbounded && unbounded.Median < choice.Row.Median)
        {
            sentences.Add($"{unbounded.FullName}, which keeps to no limit, took {ReportFormat.Time(unbounded.Median!.Value)}"
                + (suite.Suite.Scenario.Capacity is null ? ": this server has no capacity that it could exceed." : "."));
        }

        var widest = suite.Rows.Where(row => row.Row.Workers is not null && row.IsValid).Max(row => row.Row.Workers);
        var advice = SentenceFragments.Recommendation(suite, choice);
        if (choice.Row.Row.Workers is { } workers && workers == widest && workers < choice.Row.Row.Downloads)
            advice += SentenceFragments.WorkerCounts(suite) == 1 ? " No other worker count was measured." : " More workers were not measured; they may gain more.";
        return new Conclusion(sentences, advice);
    }

    // A strategy stopped gaining when the fewest workers that are as good as its best are not its most, and it is starved there or beyond.
    private static (string Clause, CaseAnalysis Starved)? Stopped(SuiteAnalysis suite, CaseAnalysis fewest)
    {
        var starved = suite.Rows.Where(row => row.Name == fewest.Name && row.IsStarved).MaxBy(row => row.Allowed);
        if (starved?.Row.Workers is not { } workers || fewest.Row.Workers is not { } enough) return null;
        var seen = starved.Row.InFlight is { } inFlight
            ? $"only {ReportFormat.Number(inFlight)} of {starved.Allowed} requests were in flight on average"
            : $"only {ReportFormat.Percent(starved.IdealShare!.Value)} of the ideal schedule was reached";
        return enough < workers
            ? ($"{fewest.Name} stopped gaining at {ReportFormat.Count(enough, "worker")}, because with {workers} {seen}", starved)
            : ($"{fewest.Name} starved with {ReportFormat.Count(workers, "worker")}: {seen}", starved);
    }
}

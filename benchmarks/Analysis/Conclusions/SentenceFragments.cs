namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Sentences and clauses that several suites use.</summary>
public static class SentenceFragments
{
    /// <summary>"WhenAll with 5 workers took 1.66 s for 160 downloads".</summary>
    public static string Makespan(CaseAnalysis row) =>
        $"{row.FullName} took {Median(row)} for {ReportFormat.Pluralize(row.Result.Downloads, "download")}";

    /// <summary>The makespan: "1.66 s".</summary>
    public static string Median(CaseAnalysis row) => ReportFormat.Time(row.MedianMs!.Value);

    /// <summary>"WhenAll ran 5.0 ± 0.1 times faster than Sequential.", or the bare time when there is no baseline.</summary>
    public static string Speedup(SuiteAnalysis suite, CaseAnalysis row)
    {
        if (suite.Baseline is not { } baseline || row.Speedup is null) return $"{Makespan(row)}.";
        return baseline.Index == row.Index
            ? $"Nothing ran faster than {Makespan(row)}."
            : $"{row.FullName} ran {ReportFormat.Faster(row.Speedup.Value)} {baseline.FullName}.";
    }

    /// <summary>What came out, in one line of a terminal: "3 rows tie for best: 48 ± 1 times faster than Sequential."</summary>
    public static string Headline(SuiteAnalysis suite, Recommendation recommendation)
    {
        var choice = recommendation.Choice;
        var result = choice.Speedup is { } speedup && suite.Baseline?.Index != choice.Index
            ? $"{ReportFormat.Faster(speedup)} {suite.Baseline!.Name}"
            : Median(choice);
        if (!recommendation.HasIntervals) return $"Fastest in this one round: {choice.FullName}, {result}.";
        if (recommendation.Ties.Count == 0)
        {
            return recommendation.Undecided.Count == 0
                ? $"Best: {choice.FullName}, {result}."
                : $"Fastest here, but undecided: {choice.FullName}, {Median(choice)}.";
        }

        var workers = HaveSameWorkers([choice, .. recommendation.Ties]) && choice.Result.Workers is { } count
            ? $" with {ReportFormat.Pluralize(count, "worker")}"
            : "";
        return $"{ReportFormat.Number(recommendation.Ties.Count + 1)} rows tie for best{workers}: {result}.";
    }

    /// <summary>"Recommended: …", why, and what is undecided; null where nothing can be recommended.</summary>
    public static string? Recommended(Recommendation? recommendation)
    {
        if (recommendation is not { HasIntervals: true, IsOpen: false }) return null;
        var choice = recommendation.Choice;
        var reason = recommendation.Ties.Count == 0
            ? "It is the best."
            : $"It ties with {Names(recommendation.Ties, choice)}; of these it takes the fewest workers and then the least code, "
                + "which is a preference.";
        return $"Recommended: {choice.FullName}. {reason}{Undecided(recommendation)}";
    }

    /// <summary>" Undecided: …; about 12 rounds would tell."; empty where nothing is.</summary>
    public static string Undecided(Recommendation recommendation)
    {
        if (recommendation.Undecided.Count == 0) return "";
        var rounds = recommendation.Undecided.Select(row => row.VersusBest!.RoundsNeeded).ToArray();
        var needed = rounds.All(count => count is not null)
            ? $"about {rounds.Max()} rounds would tell"
            : $"more than {ComparisonWithBest.MaxProposedRounds} rounds would be needed to tell";
        return $" Undecided: {Names(recommendation.Undecided, recommendation.Choice)}; {needed}.";
    }

    /// <summary>Why the rounds leave the choice open; nothing where they decide it.</summary>
    public static IEnumerable<string> OpenChoice(Recommendation recommendation)
    {
        if (!recommendation.HasIntervals)
        {
            yield return "One round tells no differences, so nothing is recommended: measure with --rounds 3 or more.";
        }
        else if (recommendation.IsOpen)
        {
            yield return $"Nothing is recommended yet: {recommendation.Choice.FullName} was the best, but these rounds do not tell it from "
                + $"others.{Undecided(recommendation)}";
        }
    }

    /// <summary>The rows by name, with their workers where they differ in them.</summary>
    public static string Names(IReadOnlyList<CaseAnalysis> rows, CaseAnalysis choice)
    {
        var same = HaveSameWorkers([choice, .. rows]);
        return ReportFormat.List([.. rows.Select(row => same ? row.Name : row.FullName).Distinct()]);
    }

    /// <summary>How many worker counts were measured.</summary>
    public static int WorkerCounts(SuiteAnalysis suite) =>
        suite.CompletedRows.Select(row => row.Result.Workers).OfType<int>().Distinct().Count();

    /// <summary>"8 of 160 downloads failed (503)"; where there are several reasons, with the count of each per iteration: "(503: 6, reset:
    /// 2)".</summary>
    public static string Failures(CaseAnalysis row)
    {
        var failed = row.Failed ?? throw new ArgumentException("The failed downloads of this row were not counted.", nameof(row));
        var list = Reasons(row);
        var text = $"{ReportFormat.Number(failed)} of {ReportFormat.Pluralize(row.Result.Downloads, "download")} failed";
        return list.Length > 0 ? $"{text} ({list})" : text;
    }

    /// <summary>Why downloads failed: "503", or with counts per iteration "503: 6, reset: 2"; empty where it is not known.</summary>
    public static string Reasons(CaseAnalysis row)
    {
        var reasons = row.Figures.FailureReasons.OrderByDescending(reason => reason.Value)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal).ToArray();
        return reasons.Length == 1
            ? reasons[0].Key
            : string.Join(", ", reasons.Select(reason => $"{reason.Key}: {ReportFormat.Number(reason.Value)}"));
    }

    /// <summary>Why nothing is recommended, when no row's time can be compared.</summary>
    public static string ExplainNoRecommendation(SuiteAnalysis suite)
    {
        var completed = suite.CompletedRows.ToArray();
        if (suite.Rows.Any(row => row.IsComparable)) return "Nothing is recommended: only one row can be compared.";
        if (suite.ValidRows.Any()) return "Nothing is recommended: every row is starved, refused, still changing, or has failed downloads.";
        if (completed.All(row => row.Failed > 0)) return "Nothing is recommended: in every row downloads failed.";
        var uncounted = completed.Count(row => row.Failed is null);
        if (uncounted == 0) return "Nothing is recommended: in every row downloads failed or the audit failed.";
        return uncounted == completed.Length
            ? "Nothing is recommended: downloads may have failed, and without an audit they are not counted."
            : "Nothing is recommended: downloads failed, or may have without being counted, or the audit failed.";
    }

    private static bool HaveSameWorkers(IEnumerable<CaseAnalysis> rows) => rows.Select(row => row.Result.Workers).Distinct().Count() == 1;
}

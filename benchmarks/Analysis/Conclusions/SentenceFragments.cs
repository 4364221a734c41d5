namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Clauses that several answers share.</summary>
internal static class SentenceFragments
{
    /// <summary>"WhenAll with 5 workers took 1.66 s for 160 downloads".</summary>
    public static string Makespan(CaseAnalysis row) =>
        $"{row.FullName} took {ReportFormat.Time(row.Median!.Value)} for {ReportFormat.Count(row.Row.Downloads, "download")}";

    /// <summary>Hyperfine's sentence, or the bare time when there is no baseline.</summary>
    public static string Speedup(SuiteAnalysis suite, CaseAnalysis row) => (suite.Baseline, row.Speedup) switch
    {
        ({ } baseline, { } speedup) when baseline.Index != row.Index => $"{row.FullName} ran {ReportFormat.Faster(speedup)} {baseline.FullName}.",
        ({ }, { }) => $"Nothing ran faster than {Makespan(row)}.",
        _ => $"{Makespan(row)}; no baseline ran beside it, so there is no speedup.",
    };

    /// <summary>"Recommended: …", with the best it is measured against and what is as good.</summary>
    public static string? Recommendation(SuiteAnalysis suite, Recommendation? recommendation, string measuredBy = "")
    {
        if (recommendation is not { } choice) return null;
        var text = $"Recommended: {choice.Row.FullName}";
        // Where every row has the same workers, their number was no choice.
        if (choice.Row.Row.Workers is not null && WorkerCounts(suite) > 1)
        {
            var whose = suite.Ran.Any(row => !row.IsBounded && row.IsValid) ? "the best that keeps to a limit" : "the best";
            var best = $"within {ReportFormat.Percent(Analysis.Recommendation.Tolerance)} of {whose} ({ReportFormat.Time(choice.Best.Median!.Value)}{measuredBy})";
            text += choice.IsWithinTolerance ? $", the smallest worker count {best}"
                : $", the smallest worker count at which a strategy came {best}, and there within noise of the fastest";
        }

        var equals = choice.Equivalents.Select(row => row.Name).Distinct().ToArray();
        return equals.Length == 0 ? text + "."
            : $"{text}. {ReportFormat.List(equals)} {(equals.Length == 1 ? "is" : "are")} as good within noise.";
    }

    /// <summary>How many worker counts were measured.</summary>
    public static int WorkerCounts(SuiteAnalysis suite) => suite.Ran.Select(row => row.Row.Workers).OfType<int>().Distinct().Count();

    /// <summary>"8 of 160 downloads failed (503)"; where there are several reasons, with the count of each per iteration: "(503: 6, reset: 2)".</summary>
    public static string Failures(CaseAnalysis row)
    {
        var failed = row.Failed ?? throw new ArgumentException("Nobody knows how many of its downloads failed.", nameof(row));
        var reasons = row.Row.FailureReasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => row.Row.FailureReasons.Count == 1 ? reason.Key : $"{reason.Key}: {ReportFormat.Amount((double)reason.Value / row.Row.Makespans.Count)}").ToArray();
        return $"{ReportFormat.Amount(failed)} of {ReportFormat.Count(row.Row.Downloads, "download")} failed"
            + (reasons.Length > 0 ? $" ({string.Join(", ", reasons)})" : "");
    }

    /// <summary>When no row is sound there is nothing to recommend, and a reader should know why.</summary>
    public static string ExplainNoRecommendation(SuiteAnalysis suite)
    {
        var ran = suite.Ran.ToArray();
        return "Nothing is recommended: " + (ran.Count(row => row.Failed is null) switch
        {
            0 => "in every row downloads failed or the audit found fault.",
            var unknown when unknown == ran.Length => "downloads may have failed in every row, and without an audit nobody counted them.",
            _ => "in every row downloads failed, or may have with nobody counting them, or the audit found fault.",
        });
    }
}

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>Sentences and clauses that several suites use.</summary>
public static class SentenceFragments
{
    /// <summary>"WhenAll with 5 workers took 1.66 s for 160 downloads".</summary>
    public static string Makespan(CaseAnalysis row) =>
        $"{row.FullName} took {Median(row)} for {ReportFormat.Pluralize(row.Result.Downloads, "download")}";

    /// <summary>The median makespan: "1.66 s".</summary>
    public static string Median(CaseAnalysis row) => ReportFormat.Time(row.MedianMs!.Value);

    /// <summary>"WhenAll ran 5.0 ± 0.1 times faster than Sequential.", or the bare time when there is no baseline.</summary>
    public static string Speedup(SuiteAnalysis suite, CaseAnalysis row)
    {
        if (suite.Baseline is not { } baseline || row.Speedup is null)
            return $"{Makespan(row)}; no baseline ran beside it, so there is no speedup.";
        return baseline.Index == row.Index
            ? $"Nothing ran faster than {Makespan(row)}."
            : $"{row.FullName} ran {ReportFormat.Faster(row.Speedup.Value)} {baseline.FullName}.";
    }

    /// <summary>"Recommended: …", with the best it is compared with and the rows that are as good; null for null.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="recommendation">The choice.</param>
    /// <param name="condition">What follows the best's time, such as ", without a failed download".</param>
    public static string? Recommendation(SuiteAnalysis suite, Recommendation? recommendation, string condition = "")
    {
        if (recommendation is null) return null;
        var text = $"Recommended: {recommendation.Choice.FullName}{WhyThisCount(suite, recommendation, condition)}.";
        var equals = recommendation.Equivalents.Select(row => row.Name).Distinct().ToArray();
        if (equals.Length == 0) return text;
        var verb = equals.Length == 1 ? "is" : "are";
        return $"{text} {ReportFormat.List(equals)} {verb} as good within noise.";
    }

    /// <summary>How many worker counts were measured.</summary>
    public static int WorkerCounts(SuiteAnalysis suite) =>
        suite.CompletedRows.Select(row => row.Result.Workers).OfType<int>().Distinct().Count();

    /// <summary>"8 of 160 downloads failed (503)"; where there are several reasons, with the count of each per iteration: "(503: 6, reset:
    /// 2)".</summary>
    public static string Failures(CaseAnalysis row)
    {
        var failed = row.Failed ?? throw new ArgumentException("The failed downloads of this row were not counted.", nameof(row));
        var reasons = row.Figures.FailureReasons.OrderByDescending(reason => reason.Value)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal).ToArray();
        var list = reasons.Length == 1
            ? reasons[0].Key
            : string.Join(", ", reasons.Select(reason => $"{reason.Key}: {ReportFormat.Number(reason.Value)}"));
        var text = $"{ReportFormat.Number(failed)} of {ReportFormat.Pluralize(row.Result.Downloads, "download")} failed";
        return list.Length > 0 ? $"{text} ({list})" : text;
    }

    /// <summary>Why nothing is recommended, when no row is valid.</summary>
    public static string ExplainNoRecommendation(SuiteAnalysis suite)
    {
        var completed = suite.CompletedRows.ToArray();
        var uncounted = completed.Count(row => row.Failed is null);
        if (uncounted == 0) return "Nothing is recommended: in every row downloads failed or the audit failed.";
        return uncounted == completed.Length
            ? "Nothing is recommended: downloads may have failed in every row, and without an audit they are not counted."
            : "Nothing is recommended: in every row downloads failed, or may have failed without being counted, or the audit failed.";
    }

    private static string WhyThisCount(SuiteAnalysis suite, Recommendation recommendation, string condition)
    {
        // Where every row has the same workers, their number was no choice.
        if (recommendation.Choice.Result.Workers is null || WorkerCounts(suite) <= 1) return "";
        var hasFasterWithoutLimit = suite.CompletedRows.Any(row => !row.IsBounded && row.IsValid);
        var whose = hasFasterWithoutLimit ? "the best that has a limit" : "the best";
        var best = $"within {ReportFormat.Percent(Analysis.Recommendation.Tolerance)} of {whose} "
            + $"({Median(recommendation.Best)}{condition})";
        return recommendation.IsWithinTolerance
            ? $", the smallest worker count {best}"
            : $", the smallest worker count at which a strategy came {best}, and there within noise of the fastest";
    }
}

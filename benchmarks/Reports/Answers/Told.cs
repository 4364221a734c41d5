using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>Clauses that several answers share.</summary>
internal static class Told
{
    /// <summary>"WhenAll with 5 workers took 1.66 s for 160 downloads".</summary>
    public static string Makespan(RowAnalysis row) =>
        $"{row.FullName} took {Phrase.Time(row.Median!.Value)} for {Phrase.Count(row.Row.Downloads, "download")}";

    /// <summary>Hyperfine's sentence, or the bare time when there is no baseline.</summary>
    public static string Speedup(SuiteAnalysis suite, RowAnalysis row) => (suite.Baseline, row.Speedup) switch
    {
        ({ } baseline, { } speedup) when baseline.Index != row.Index => $"{row.FullName} ran {Phrase.Faster(speedup)} {baseline.FullName}.",
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
            var whose = suite.Ran.Any(row => !row.IsBounded && row.IsSound) ? "the best that keeps to a limit" : "the best";
            var best = $"within {Phrase.Percent(Analysis.Recommendation.Tolerance)} of {whose} ({Phrase.Time(choice.Best.Median!.Value)}{measuredBy})";
            text += choice.IsWithinTolerance ? $", the smallest worker count {best}"
                : $", the smallest worker count at which a strategy came {best}, and there within noise of the fastest";
        }

        var equals = choice.AsGood.Select(row => row.Name).Distinct().ToArray();
        return equals.Length == 0 ? text + "."
            : $"{text}. {Phrase.List(equals)} {(equals.Length == 1 ? "is" : "are")} as good within noise.";
    }

    /// <summary>How many worker counts were measured.</summary>
    public static int WorkerCounts(SuiteAnalysis suite) => suite.Ran.Select(row => row.Row.Workers).OfType<int>().Distinct().Count();

    /// <summary>"8 of 160 downloads failed (503)"; where there are several reasons, with the count of each per iteration: "(503: 6, reset: 2)".</summary>
    public static string Failures(RowAnalysis row)
    {
        var failed = row.Failed ?? throw new ArgumentException("Nobody knows how many of its downloads failed.", nameof(row));
        var reasons = row.Row.FailureReasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => row.Row.FailureReasons.Count == 1 ? reason.Key : $"{reason.Key}: {Phrase.Amount((double)reason.Value / row.Row.Makespans.Count)}").ToArray();
        return $"{Phrase.Amount(failed)} of {Phrase.Count(row.Row.Downloads, "download")} failed"
            + (reasons.Length > 0 ? $" ({string.Join(", ", reasons)})" : "");
    }

    /// <summary>When no row is sound there is nothing to recommend, and a reader should know why.</summary>
    public static string NothingSound(SuiteAnalysis suite)
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

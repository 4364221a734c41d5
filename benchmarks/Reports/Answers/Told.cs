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
        if (choice.Row.Row.Workers is not null && suite.Ran.Select(row => row.Allowed).Distinct().Count() > 1)
            text += $", the smallest worker count within {Phrase.Percent(Analysis.Recommendation.Tolerance)} of the best ({Phrase.Time(choice.Best.Median!.Value)}{measuredBy})";
        var equals = choice.AsGood.Select(row => row.Name).Distinct().ToArray();
        return equals.Length == 0 ? text + "."
            : $"{text}. {Phrase.List(equals)} {(equals.Length == 1 ? "is" : "are")} as good.";
    }

    /// <summary>"8 of 160 downloads failed (503: 8)".</summary>
    public static string Failures(RowAnalysis row)
    {
        var reasons = row.Row.FailureReasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => reason.Key).ToArray();
        return $"{Phrase.Amount(row.Row.Failed)} of {Phrase.Count(row.Row.Downloads, "download")} failed"
            + (reasons.Length > 0 ? $" ({string.Join(", ", reasons)})" : "");
    }

    /// <summary>When no row is sound there is nothing to recommend, and a reader should know why.</summary>
    public const string NothingSound = "Nothing is recommended: in every row downloads failed or the audit found fault.";
}

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What a suite found, in plain sentences.</summary>
/// <param name="Sentences">The findings, most important first; never empty.</param>
/// <param name="Recommended">What to use, a sentence; null when the suite is not about a choice, is unfinished, or has no valid
/// row.</param>
public sealed record Conclusion(IReadOnlyList<string> Sentences, string? Recommended = null)
{
    /// <summary>The suite's own conclusion, where there is something to compare.</summary>
    internal static Conclusion Create(SuiteAnalysis suite, ISuiteInterpretation interpretation)
    {
        var completed = suite.CompletedRows.ToArray();
        if (completed.Length == 0) return new Conclusion(["No case of this suite ran to its end."]);
        if (completed.Length == 1)
            return new Conclusion([$"Only one case ran, so there is nothing to compare: {SentenceFragments.Makespan(completed[0])}."]);
        var conclusion = interpretation.Conclude(suite);
        // The best may be among the cases that are missing.
        return suite.Result.IsUnfinished ? conclusion with { Recommended = null } : conclusion;
    }
}

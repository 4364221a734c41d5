namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What a suite found, in plain sentences.</summary>
/// <param name="Sentences">The findings, most important first; never empty. The first is short enough for one line of a terminal.</param>
/// <param name="Recommended">What to use, a sentence; null when the suite is not about a choice, is unfinished, or cannot tell.</param>
public sealed record Conclusion(IReadOnlyList<string> Sentences, string? Recommended = null)
{
    /// <summary>The suite's own conclusion, where there is something to compare, and the server did not decide the times by
    /// refusing.</summary>
    internal static Conclusion Create(SuiteAnalysis suite, ISuiteInterpretation interpretation)
    {
        var completed = suite.CompletedRows.ToArray();
        if (completed.Length == 0) return new Conclusion(["No case of this suite ran to its end."]);
        if (completed.Any(row => row.MetRateLimit && row.IsBounded)) return FailureConclusion.ForRateLimit(suite, interpretation);
        var conclusion = Conclude(suite, completed, interpretation);
        List<string> sentences = [.. conclusion.Sentences, .. ServerLimits.Describe(suite, conclusion.Sentences)];
        if (FailureConclusion.Describe(suite) is { } failures) sentences.Add(failures);
        conclusion = conclusion with { Sentences = sentences };
        // The best may be among the cases that are missing.
        return suite.Result.IsUnfinished ? conclusion with { Recommended = null } : conclusion;
    }

    private static Conclusion Conclude(SuiteAnalysis suite, CaseAnalysis[] completed, ISuiteInterpretation interpretation)
    {
        if (!suite.ValidRows.Any()) return new Conclusion([SentenceFragments.ExplainNoRecommendation(suite)]);
        return completed.Length == 1
            ? new Conclusion([$"Only one case ran, so there is nothing to compare: {SentenceFragments.Makespan(completed[0])}."])
            : interpretation.Conclude(suite);
    }
}

using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis.Conclusions;

/// <summary>What a suite found, in plain sentences.</summary>
/// <param name="Sentences">The findings, most important first; never empty.</param>
/// <param name="Recommended">What to take, a sentence; null when the suite is not about a choice, is unfinished, or has no sound row.</param>
public sealed record Conclusion(IReadOnlyList<string> Sentences, string? Recommended)
{
    /// <summary>Answers the suite's question, as its topic asks.</summary>
    public static Conclusion To(SuiteAnalysis suite)
    {
        var ran = suite.Ran.ToArray();
        if (ran.Length == 0) return new Conclusion(["No case of this suite ran to its end."], null);
        if (ran.Length == 1)
        {
            var only = ran[0];
            return new Conclusion([$"Only one case ran, so there is nothing to compare: {SentenceFragments.Makespan(only)}."], null);
        }

        var answer = suite.Suite.Topic switch
        {
            SuiteTopic.Comparison => ComparisonConclusion.To(suite),
            SuiteTopic.Tail => TailConclusion.To(suite),
            SuiteTopic.Session => SessionConclusion.To(suite),
            SuiteTopic.ColdStart => ColdStartConclusion.To(suite),
            SuiteTopic.Capacity => CapacityConclusion.To(suite),
            SuiteTopic.Faults => FaultsConclusion.To(suite),
            SuiteTopic.Scale => ScaleConclusion.To(suite),
            _ => StrategiesConclusion.To(suite),
        };
        // The best may be among the cases that are missing.
        return suite.Suite.IsUnfinished ? answer with { Recommended = null } : answer;
    }
}

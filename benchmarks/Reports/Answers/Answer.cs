using Downloader.Benchmarks.Reports.Analysis;

namespace Downloader.Benchmarks.Reports.Answers;

/// <summary>What a suite found, in plain sentences.</summary>
/// <param name="Sentences">The findings, most important first; never empty.</param>
/// <param name="Recommended">What to take, a sentence; null when the suite is not about a choice, is unfinished, or has no sound row.</param>
public sealed record Answer(IReadOnlyList<string> Sentences, string? Recommended)
{
    /// <summary>Answers the suite's question, as its topic asks.</summary>
    public static Answer To(SuiteAnalysis suite)
    {
        var ran = suite.Ran.ToArray();
        if (ran.Length == 0) return new Answer(["No case of this suite ran to its end."], null);
        if (ran.Length == 1)
        {
            var only = ran[0];
            return new Answer([$"Only one case ran, so there is nothing to compare: {Told.Makespan(only)}."], null);
        }

        var answer = suite.Suite.Topic switch
        {
            SuiteTopic.Comparison => ComparisonAnswer.To(suite),
            SuiteTopic.Tail => TailAnswer.To(suite),
            SuiteTopic.Session => SessionAnswer.To(suite),
            SuiteTopic.ColdStart => ColdStartAnswer.To(suite),
            SuiteTopic.Capacity => CapacityAnswer.To(suite),
            SuiteTopic.Faults => FaultsAnswer.To(suite),
            SuiteTopic.Scale => ScaleAnswer.To(suite),
            _ => StrategiesAnswer.To(suite),
        };
        // The best may be among the cases that are missing.
        return suite.Suite.IsUnfinished ? answer with { Recommended = null } : answer;
    }
}

using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>What was compared, and on what it was measured.</summary>
internal static class CompareFacts
{
    /// <summary>Names and values, in the order to show.</summary>
    public static IEnumerable<KeyValuePair<string, string>> All(RunComparison comparison)
    {
        var (first, second) = (comparison.Base, comparison.Candidate);
        yield return new("Base", $"{first.Name}, {Rounds(first.Run)}");
        yield return new("Candidate", $"{second.Name}, {Rounds(second.Run)}");
        foreach (var fact in RunFacts.All(second.Run)) yield return fact;
    }

    private static string Rounds(RunResult run)
    {
        var rounds = Analysis.ReportFormat.Pluralize(run.Rounds, "round");
        return $"{rounds}, started {run.Started:yyyy-MM-dd HH:mm}";
    }
}

using BenchmarkDotNet.Reports;

namespace Downloader.Benchmarks.Measurement;

/// <summary>Why a process of a case failed.</summary>
internal static class CaseFailure
{
    /// <summary>One line.</summary>
    /// <param name="report">The report of a process that failed, or of several, of which the last counts.</param>
    public static string GetReason(BenchmarkReport report)
    {
        if (!report.BuildResult.IsBuildSuccess) return $"the build failed: {BuildFailure.GetReason(report.BuildResult)}";
        // The innermost exception that the case printed, its type left out.
        var exception = report.ExecuteResults.SelectMany(result => result.Results.Concat(result.StandardOutput))
            .LastOrDefault(line =>
                line.Contains("---> ", StringComparison.Ordinal) || line.StartsWith("System.", StringComparison.Ordinal));
        return exception is null ? "it gave no reason." : $"{exception[(exception.IndexOf(": ", StringComparison.Ordinal) + 2)..]}.";
    }
}

using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether a run can be trusted.</summary>
public static class RunReliability
{
    /// <summary>Where processes of one case typically deviate by more than this, a run cannot tell small differences.</summary>
    public const double NoisyAbove = 0.05;

    internal static IEnumerable<string> Warnings(RunResult run, IReadOnlyList<SuiteAnalysis> suites)
    {
        var rows = suites.SelectMany(suite => suite.Rows).ToArray();
        if (rows.Length == 0) return ["Nothing was measured."];
        return ((string?[])[Interruption(run), FailedAudits(rows), MissingCases(rows), .. suites.Select(Noise), MissingLogs(rows)])
            .OfType<string>();
    }

    private static string? Interruption(RunResult run)
    {
        if (!run.Interrupted) return null;
        return run.MeasuredCases < run.PlannedCases
            ? $"The run was interrupted after {run.MeasuredCases} of {ReportFormat.Pluralize(run.PlannedCases, "case")}: "
                + "the best may be among those not measured."
            : "The run was interrupted in a later round, after every case had been measured: some cases have fewer processes than others.";
    }

    private static string? FailedAudits(CaseAnalysis[] rows)
    {
        var failed = rows.Count(row => row.Result.AuditFindings.Count > 0);
        return failed == 0 ? null
            : $"The audit failed for {ReportFormat.Pluralize(failed, "row")} of {rows.Length}: "
                + "what was measured there is not what was asked for.";
    }

    private static string? MissingCases(CaseAnalysis[] rows)
    {
        var missing = rows.Where(row => row.MedianMs is null).ToArray();
        if (missing.Length == 0) return null;
        var sentence = $"{ReportFormat.Pluralize(missing.Length, "case")} of {rows.Length} did not run to the end";
        return Array.Find(missing, row => row.Result.EndedEarly is not null) is { } row
            ? $"{sentence}, as {row.FullName}: {row.Result.EndedEarly}"
            : $"{sentence}.";
    }

    private static string? Noise(SuiteAnalysis suite) => suite.Noise?.TypicalDeviation > NoisyAbove
        ? $"{suite.Result.Name}: two processes of one case differ by {ReportFormat.Percent(suite.Noise.TypicalDeviation)} here, which "
            + "is too noisy to tell small differences. Close other programs, or measure more rounds."
        : null;

    private static string? MissingLogs(CaseAnalysis[] rows)
    {
        var unaudited = rows.Count(row => !row.Result.IsAudited && row.MedianMs is not null);
        if (unaudited == 0) return null;
        return unaudited == rows.Length
            ? "The server kept no log of this run: there is no audit, no efficiency and no waterfall."
            : $"The server kept no log of {ReportFormat.Pluralize(unaudited, "row")} of {rows.Length}.";
    }
}

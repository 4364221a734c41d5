using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether a run can be trusted.</summary>
public static class RunReliability
{
    /// <summary>A row of more relative spread than this is noisy.</summary>
    public const double NoisyAbove = 0.05;

    /// <summary>A run with a larger share of noisy rows is too noisy to trust.</summary>
    public const double MaxNoisyShare = 0.25;

    /// <summary>Shorter makespans spread by the timer and the scheduler on any machine and are not judged.</summary>
    public const double MinJudgedMakespanMs = 20;

    /// <summary>Whether a row shows the machine's noise: it ran long enough and often enough. Starved rows and first runs are left out: how
    /// fast the pool adds threads, and how fast the JIT compiles, is erratic by itself.</summary>
    public static bool CountsTowardNoise(CaseAnalysis row) =>
        row is { MedianMs: >= MinJudgedMakespanMs, Spread: not null, IsStarved: false, Result.IsCold: false };

    /// <summary>Whether a row spreads more than on a quiet machine.</summary>
    public static bool IsNoisy(CaseAnalysis row) => row.Spread > NoisyAbove;

    internal static IEnumerable<string> Warnings(RunResult run, IReadOnlyList<SuiteAnalysis> suites)
    {
        var rows = suites.SelectMany(suite => suite.Rows).ToArray();
        if (rows.Length == 0) return ["Nothing was measured."];
        return ((string?[])[Interruption(run), FailedAudits(rows), MissingCases(rows), Noise(rows), MissingLogs(rows)]).OfType<string>();
    }

    private static string? Interruption(RunResult run) => !run.Interrupted ? null
        : $"The run was interrupted after {run.MeasuredCases} of "
            + $"{ReportFormat.Pluralize(run.PlannedCases, "case")}: the best may be among those not measured.";

    private static string? FailedAudits(CaseAnalysis[] rows)
    {
        var failed = rows.Count(row => row.Result.AuditFindings.Count > 0);
        return failed == 0 ? null
            : $"The audit failed for {ReportFormat.Pluralize(failed, "row")} of {rows.Length}: "
                + "what was measured there is not what was asked for.";
    }

    private static string? MissingCases(CaseAnalysis[] rows)
    {
        var missing = rows.Count(row => row.MedianMs is null);
        return missing == 0 ? null : $"{ReportFormat.Pluralize(missing, "case")} of {rows.Length} did not run to the end.";
    }

    private static string? Noise(CaseAnalysis[] rows)
    {
        var judged = rows.Where(CountsTowardNoise).ToArray();
        var noisy = judged.Count(IsNoisy);
        return noisy <= judged.Length * MaxNoisyShare ? null
            : $"This machine was too noisy to trust the run: {noisy} of {ReportFormat.Pluralize(judged.Length, "row")} spread by more than "
                + $"{ReportFormat.Percent(NoisyAbove)}. Close other programs and measure again.";
    }

    private static string? MissingLogs(CaseAnalysis[] rows)
    {
        var unaudited = rows.Count(row => !row.Result.IsAudited && row.MedianMs is not null);
        if (unaudited == 0) return null;
        return unaudited == rows.Length
            ? "The server kept no log of this run: there is no audit, no efficiency and no waterfall."
            : $"The server kept no log of {ReportFormat.Pluralize(unaudited, "row")} of {rows.Length}.";
    }
}

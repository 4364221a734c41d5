using Downloader.Benchmarks.Analysis.Conclusions;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Analysis;

/// <summary>Whether a run can be trusted.</summary>
public static class RunReliability
{
    /// <summary>A row of more relative spread than this is noisy.</summary>
    public const double NoisyAbove = 0.05;

    /// <summary>A run with a larger share of noisy rows is too noisy to trust.</summary>
    public const double TooManyAbove = 0.25;

    /// <summary>Shorter makespans, milliseconds, wobble by the timer and the scheduler on any machine and are not judged.</summary>
    public const double LongEnough = 20;

    /// <summary>Whether a row tells of the machine's noise: it ran long enough and often enough. Starved rows and first runs are left
    /// out: how fast the pool adds threads, and how fast the JIT compiles, is erratic by itself.</summary>
    public static bool Tells(CaseAnalysis row) => row is { Median: >= LongEnough, Spread: not null, IsStarved: false, Row.IsCold: false };

    /// <summary>Whether a row spreads more than a quiet machine lets it.</summary>
    public static bool IsNoisy(CaseAnalysis row) => row.Spread > NoisyAbove;

    internal static IEnumerable<string> Warnings(RunResult run, IReadOnlyList<SuiteAnalysis> suites)
    {
        var rows = suites.SelectMany(suite => suite.Rows).ToArray();
        if (rows.Length == 0)
        {
            yield return "Nothing was measured.";
            yield break;
        }

        if (run.Interrupted)
            yield return $"The run was interrupted after {run.Cases} of {ReportFormat.Count(run.PlannedCases, "case")}: the best may be among those not measured.";
        if (rows.Count(row => row.Row.AuditFindings.Count > 0) is > 0 and var failed)
            yield return $"The audit failed for {ReportFormat.Count(failed, "row")} of {rows.Length}: what was measured there is not what was asked for.";
        if (rows.Count(row => row.Median is null) is > 0 and var missing)
            yield return $"{ReportFormat.Count(missing, "case")} of {rows.Length} did not run to the end.";

        var telling = rows.Where(Tells).ToArray();
        var noisy = telling.Count(IsNoisy);
        if (noisy > telling.Length * TooManyAbove)
            yield return $"This machine was too noisy to trust the run: {noisy} of {ReportFormat.Count(telling.Length, "row")} spread by more than "
                + $"{ReportFormat.Percent(NoisyAbove)}. Close what else runs and measure again.";
        if (rows.Count(row => !row.Row.Audited && row.Median is not null) is > 0 and var unseen)
            yield return unseen == rows.Length
                ? "The server did not witness this run: there is no audit, no efficiency and no picture of its requests."
                : $"The server did not witness {ReportFormat.Count(unseen, "row")} of {rows.Length}.";
    }
}

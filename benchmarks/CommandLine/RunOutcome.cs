using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Reports;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>What a run ends with: the reports, the answer on the screen, the exit code.</summary>
internal static class RunOutcome
{
    /// <summary>Writes the reports and says where they are.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(Summary[] summaries, RunReport report, IAnsiConsole console)
    {
        foreach (var error in summaries.SelectMany(summary => summary.ValidationErrors).Where(error => error.IsCritical).Select(error => error.Message).Distinct())
            Console.Error.WriteLine(error);
        foreach (var failed in summaries.SelectMany(summary => summary.Reports).Where(failed => !failed.Success))
            Console.Error.WriteLine($"{failed.BenchmarkCase.DisplayInfo} failed.");

        var failures = summaries.Length == 0
            || summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.IsEmpty || summary.Reports.Any(one => !one.Success))
            || report.Suites.SelectMany(suite => suite.Rows).Any(row => row.AuditFindings.Count > 0);
        return failures ? ExitCode.Failure : ExitCode.Success;
    }
}

using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The end of a run: the conclusion on the screen, the reports, the exit code.</summary>
internal static class RunResultWriter
{
    /// <summary>Of a run that has measured nothing.</summary>
    public const string InterruptedEarly = "Interrupted before the first case had ended.";

    /// <summary>Shows the results and writes the reports, in this order: a full disk takes no answer from the screen.</summary>
    /// <param name="summaries">BenchmarkDotNet's summaries.</param>
    /// <param name="run">What was measured.</param>
    /// <param name="failure">Why the run ended early, or null.</param>
    /// <param name="console">The screen.</param>
    /// <returns>The exit code.</returns>
    public static int Write(Summary[] summaries, RunResult run, string? failure, IAnsiConsole console)
    {
        List<string> problems = [.. failure is null ? [] : (string[])[failure], .. GetProblems(summaries).Distinct()];
        foreach (var problem in problems) Console.Error.WriteLine(problem);
        var isWritten = run.Suites.Count == 0
            || WriteReports(RunAnalysis.Create(run, SuiteCatalogue.FindInterpretation), summaries[0].ResultsDirectoryPath, console);
        if (run.Interrupted)
        {
            if (run.Suites.Count == 0) Console.Error.WriteLine(InterruptedEarly);
            return ExitCode.Interrupted;
        }

        var passedAudit = run.Suites.SelectMany(suite => suite.Cases).All(one => one.AuditFindings.Count == 0);
        return isWritten && passedAudit && summaries.Length > 0 && problems.Count == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool WriteReports(RunAnalysis analysis, string directory, IAnsiConsole console)
    {
        ConsoleView.Render(analysis, console);
        try
        {
            ConsoleView.RenderPaths(ReportWriter.Write(analysis, directory), analysis.Run.Files, console);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The reports cannot be written: {e.Message}");
            return false;
        }
    }

    /// <summary>What went wrong in BenchmarkDotNet, which itself ends with success when a benchmark throws.</summary>
    private static IEnumerable<string> GetProblems(Summary[] summaries)
    {
        foreach (var summary in summaries)
        {
            foreach (var error in summary.ValidationErrors.Where(error => error.IsCritical)) yield return error.Message;
            foreach (var report in summary.Reports.Where(report => !report.Success))
            {
                yield return $"{CaseCatalogue.GetFilterName(report.BenchmarkCase)} failed: {CaseFailure.GetReason(report)} "
                    + $"See {summary.LogFilePath}";
            }
        }
    }
}

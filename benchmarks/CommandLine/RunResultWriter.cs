using BenchmarkDotNet.Reports;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Measurement;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>What a run ends with: the reports, the answer on the screen, the exit code.</summary>
internal static class RunResultWriter
{
    /// <summary>Writes the reports and says where they are.</summary>
    /// <returns>The exit code.</returns>
    public static int Write(Summary[] summaries, RunResult run, IAnsiConsole console)
    {
        foreach (var problem in Problems(summaries).Distinct()) Console.Error.WriteLine(problem);
        if (run.Suites.Count > 0)
        {
            var analysis = RunAnalysis.Create(run, SuiteCatalogue.Find);
            ConsoleView.Render(analysis, console);
            ConsoleView.RenderPaths(ReportWriter.Write(analysis, summaries[0].ResultsDirectoryPath), run.Files, console);
        }

        if (run.Interrupted)
        {
            if (run.Suites.Count == 0) Console.Error.WriteLine("Interrupted before the first case had ended.");
            return ExitCode.Interrupted;
        }

        var isSound = summaries.Length > 0
            && !Problems(summaries).Any()
            && run.Suites.SelectMany(suite => suite.Cases).All(one => one.AuditFindings.Count == 0);
        return isSound ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>What went wrong in BenchmarkDotNet, which itself ends with success when a benchmark throws.</summary>
    private static IEnumerable<string> Problems(Summary[] summaries)
    {
        foreach (var summary in summaries)
        {
            foreach (var error in summary.ValidationErrors.Where(error => error.IsCritical)) yield return error.Message;
            foreach (var report in summary.Reports.Where(report => !report.Success))
                yield return $"{CaseCatalogue.GetFilterName(report.BenchmarkCase)} failed: {Reason(report)} See {summary.LogFilePath}";
        }
    }

    /// <summary>The innermost exception the case printed, its type left out.</summary>
    private static string Reason(BenchmarkReport report) =>
        report.ExecuteResults.SelectMany(result => result.Results.Concat(result.StandardOutput))
            .LastOrDefault(line => line.Contains("---> ", StringComparison.Ordinal) || line.StartsWith("System.", StringComparison.Ordinal)) is { } line
            ? $"{line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]}."
            : report.BuildResult.ErrorMessage?.Split('\n')[0] ?? "it gave no reason.";
}

using Downloader.Benchmarks.Analysis.Comparison;
using Downloader.Benchmarks.Reports;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary>The end of a comparison: the findings on the screen, the files, GitHub's step summary.</summary>
internal static class CompareResultWriter
{
    private const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    /// <summary>Shows a comparison and writes its files, in this order: a full disk takes no answer from the screen.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="artifacts">The folder of the artifacts.</param>
    /// <param name="console">The screen.</param>
    /// <param name="otherFiles">More files to name.</param>
    /// <returns>Whether all files could be written.</returns>
    public static bool Write(
        RunComparison comparison, string artifacts, IAnsiConsole console, params IReadOnlyList<string> otherFiles)
    {
        CompareConsoleView.Render(comparison, console);
        try
        {
            var paths = CompareWriter.Write(comparison, Path.Combine(artifacts, "results"));
            console.WriteLine();
            // Whole, however narrow the terminal: a broken path cannot be clicked.
            foreach (var path in (string[])[.. paths, .. otherFiles]) console.Profile.Out.Writer.WriteLine(path);
            AppendToSummary(comparison);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"The files cannot be written: {e.Message}");
            return false;
        }
    }

    private static void AppendToSummary(RunComparison comparison)
    {
        var summary = Environment.GetEnvironmentVariable(SummaryVariable);
        if (string.IsNullOrEmpty(summary) || CompareWriter.AppendToSummary(comparison, summary)) return;
        Console.Error.WriteLine($"{SummaryVariable} {summary}: with this comparison it would exceed 1,024 KiB; it is left as it was.");
    }
}

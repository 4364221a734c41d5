using System.Text;
using Downloader.Benchmarks.Calibration;
using static Downloader.Benchmarks.Reports.MarkdownText;

namespace Downloader.Benchmarks.Reports;

/// <summary>A calibration as GitHub shows it.</summary>
public static class CalibrationMarkdownView
{
    /// <summary>The document.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="scenario">The name of the scenario file, for the command lines.</param>
    public static string Render(CalibrationResult result, string scenario)
    {
        var text = new StringBuilder($"# {Escape(CalibrationText.Title(result))}\n\n{Escape(CalibrationText.Subtitle(result))}\n\n");
        foreach (var finding in CalibrationText.Findings(result)) text.Append($"{Escape(finding)}\n\n");
        text.Append($"**{Escape(CalibrationText.Recommendation(result))}**\n\n");
        text.Append($"## The fit\n\n{Table(CalibrationTables.Figures(result.Fit))}\n");
        text.Append($"## How long downloads will take\n\n{Table(CalibrationTables.Predictions(result))}\n");
        text.Append($"## What this calibration cannot know\n\n{Bullets(CalibrationText.Limits(result).Select(Escape))}\n");
        text.Append("## What follows\n\n");
        foreach (var (meaning, command) in CalibrationText.Commands(result, scenario)) text.Append($"{meaning}\n\n    {command}\n\n");
        text.Append($"## What was seen\n\n{Facts(CalibrationText.Facts(result))}\n");
        text.Append(Bullets(CalibrationText.Notes(result).Select(Escape))).Append('\n');
        text.Append(Table(CalibrationTables.Levels(result.Fit))).Append('\n');
        text.Append(Table(CalibrationTables.Pages(result.Fit)));
        if (CalibrationTables.OtherPages(result.Fit) is { } others) text.Append($"\n{others}\n");
        return text.ToString();
    }
}

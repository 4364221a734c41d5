using System.CommandLine;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;
using Downloader.Benchmarks.Suites;
using Spectre.Console;

namespace Downloader.Benchmarks.CommandLine;

/// <summary><c>report</c>: the views of an earlier run.</summary>
internal static class ReportCommand
{
    /// <summary>The command, to be added to the root.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "report.json of a run; report.html and report.md are written beside it." };
        var pictures = new Option<string?>("--pictures")
        {
            Description = "Also write each chart as SVG, light and dark, into this folder. It takes Chromium: the one on PATH, or the "
                + $"program that the environment variable {Chromium.Variable} names.",
            HelpName = "DIR",
        };
        var command = new Command("report", "Show an earlier run, and write its reports again.") { file, pictures };
        command.SetAction(result => Execute(Path.GetFullPath(result.GetValue(file)!), result.GetValue(pictures)));
        return command;
    }

    private static void Execute(string file, string? pictureFolder)
    {
        var analysis = RunAnalysis.Create(RunResultFile.Read(file), SuiteCatalogue.FindInterpretation);
        var folder = Path.GetDirectoryName(file)!;
        ConsoleView.Render(analysis, AnsiConsole.Console);
        var otherFiles = analysis.Run.Files.Where(name => File.Exists(Path.Combine(folder, name))).ToArray();
        ConsoleView.RenderPaths(ReportWriter.Write(analysis, folder), otherFiles, AnsiConsole.Console);
        if (pictureFolder is null) return;
        foreach (var name in PictureWriter.Write([.. analysis.Suites.SelectMany(PictureCatalogue.Create)], pictureFolder))
            Console.WriteLine(Path.GetFullPath(Path.Combine(pictureFolder, name)));
    }
}

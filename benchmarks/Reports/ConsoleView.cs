using Downloader.Benchmarks.Analysis;
using Spectre.Console;

namespace Downloader.Benchmarks.Reports;

/// <summary>How a run ends on the screen: warnings, answers, a compact table, the paths.</summary>
/// <remarks>Spectre.Console leaves colours out by itself where the output is no terminal or NO_COLOR is set.</remarks>
public static class ConsoleView
{
    private const int Wide = 110;
    private static readonly string[] Narrowest = ["Strategy", "Workers", "Variant", "Downloads", "Median ms", "Speedup", "In-Flight"];
    private static readonly string[] IfWide = ["± %", Column.Efficiency, "Audit", "Rank"];

    /// <summary>Writes it.</summary>
    public static void Render(RunAnalysis analysis, ReportPaths paths, IAnsiConsole console)
    {
        foreach (var warning in analysis.Warnings) console.MarkupLineInterpolated($"[red bold]Warning:[/] [red]{warning}[/]");
        foreach (var suite in analysis.Suites)
        {
            console.WriteLine();
            console.MarkupLineInterpolated($"[bold]{suite.Suite.Name}[/]: {suite.Suite.Question}");
            var isWide = console.Profile.Width >= Wide;
            console.Write(Table(suite, isWide));
            if (!isWide) console.WriteLine("More columns stand in the reports.");
            foreach (var row in suite.Rows)
            {
                foreach (var finding in row.Row.AuditFindings) console.MarkupLineInterpolated($"[red]{row.FullName}: {finding}[/]");
            }

            foreach (var note in suite.Suite.Notes) console.WriteLine(note);
            console.WriteLine(string.Join(' ', suite.Conclusion.Sentences));
            if (suite.Conclusion.Recommended is { } recommended) console.MarkupLineInterpolated($"[green]{recommended}[/]");
        }

        console.WriteLine();
        var folder = Path.GetDirectoryName(paths.Html)!;
        foreach (var path in (string[])[paths.Html, paths.Markdown, .. analysis.Run.Files.Select(file => Path.Combine(folder, file))])
            console.Profile.Out.Writer.WriteLine(path); // Whole, however narrow the terminal: a broken path cannot be clicked.
    }

    private static Table Table(SuiteAnalysis suite, bool isWide)
    {
        var columns = Column.For(suite)
            .Where(column => Narrowest.Contains(column.Title) || (isWide && IfWide.Contains(column.Title))
                || (column.Title == "Failed" && suite.Ran.Any(row => row.Failed != 0)))
            .ToArray();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            var shown = new TableColumn(Markup.Escape(column.Title)) { NoWrap = true };
            table.AddColumn(column.Value is null ? shown : shown.RightAligned());
        }

        foreach (var row in suite.Rows) table.AddRow(columns.Select(column => new Text(Cell(column, row), Style(column, row)) { Overflow = Overflow.Ellipsis }));
        return table;
    }

    private static string Cell(Column column, CaseAnalysis row) => column.Text(row) + (column.Title == "Strategy" && row.IsStarved ? " (starved)" : "");

    private static Style Style(Column column, CaseAnalysis row) => column.Title switch
    {
        "Audit" when row.Row.AuditFindings.Count > 0 => new Style(Color.Red),
        "In-Flight" or Column.Efficiency when row.IsStarved => new Style(Color.Yellow),
        _ => Spectre.Console.Style.Plain,
    };
}

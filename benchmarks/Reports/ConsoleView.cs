using Downloader.Benchmarks.Analysis;
using Spectre.Console;

namespace Downloader.Benchmarks.Reports;

/// <summary>How a run ends on the screen: warnings, conclusions, a compact table, the paths.</summary>
/// <remarks>Spectre.Console leaves colours out by itself where the output is no terminal or NO_COLOR is set.</remarks>
public static class ConsoleView
{
    /// <summary>Writes it.</summary>
    /// <param name="analysis">The run, analysed.</param>
    /// <param name="console">Where to.</param>
    public static void Render(RunAnalysis analysis, IAnsiConsole console)
    {
        foreach (var warning in analysis.Warnings) console.MarkupLineInterpolated($"[red bold]Warning:[/] [red]{warning}[/]");
        foreach (var suite in analysis.Suites) Suite(suite, console);
    }

    /// <summary>Writes where the reports are.</summary>
    public static void RenderPaths(ReportPaths paths, IReadOnlyList<string> otherFiles, IAnsiConsole console)
    {
        console.WriteLine();
        var folder = Path.GetDirectoryName(paths.Html)!;
        string[] own = [paths.Html, paths.Markdown, paths.Json, paths.OpenMetrics];
        foreach (var path in own.Concat(otherFiles.Select(file => Path.Combine(folder, file))))
            console.Profile.Out.Writer.WriteLine(path); // Whole, however narrow the terminal: a broken path cannot be clicked.
    }

    private static void Suite(SuiteAnalysis suite, IAnsiConsole console)
    {
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]{suite.Result.Name}[/]: {suite.Result.Question}");
        console.Write(Table(suite, ConsoleColumns.Choose(suite, console.Profile.Width)));
        console.WriteLine("The reports have more columns.");
        foreach (var (row, finding) in AuditSummary.Create(suite).Findings) console.MarkupLineInterpolated($"[red]{row}: {finding}[/]");
        foreach (var note in (string[])[suite.NoiseSummary, .. suite.MarkExplanations, .. suite.Result.Notes]) console.WriteLine(note);
        foreach (var sentence in suite.Conclusion.Sentences) console.WriteLine(sentence);
        if (suite.Conclusion.Recommended is { } recommended) console.MarkupLineInterpolated($"[green]{recommended}[/]");
    }

    private static Table Table(SuiteAnalysis suite, IReadOnlyList<ReportColumn> columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
        {
            var head = new Spectre.Console.TableColumn(Markup.Escape(column.Title)) { NoWrap = true };
            table.AddColumn(column.IsNumeric ? head.RightAligned() : head);
        }

        foreach (var row in suite.Rows)
        {
            table.AddRow(columns.Select(column =>
                new Text(ConsoleColumns.Text(column, row), Style(column, row)) { Overflow = Overflow.Ellipsis }));
        }

        return table;
    }

    private static Style Style(ReportColumn column, CaseAnalysis row) => column.Title switch
    {
        ReportColumn.Audit when row.Result.AuditFindings.Count > 0 => new Style(Color.Red),
        ReportColumn.InFlight or ReportColumn.Efficiency when row.IsStarved => new Style(Color.Yellow),
        _ when !row.IsValid => new Style(Color.Grey),
        _ => Spectre.Console.Style.Plain,
    };
}

using Downloader.Benchmarks.Analysis.Comparison;
using Spectre.Console;

namespace Downloader.Benchmarks.Reports;

/// <summary>A comparison on the screen: warnings, table, findings.</summary>
public static class CompareConsoleView
{
    private const int WideFrom = 130;

    /// <summary>Writes it.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="console">Where to.</param>
    public static void Render(RunComparison comparison, IAnsiConsole console)
    {
        console.WriteLine();
        foreach (var warning in ComparisonText.Warnings(comparison))
            console.MarkupLineInterpolated($"[red bold]Warning:[/] [red]{warning}[/]");
        console.MarkupLineInterpolated($"Base: [bold]{comparison.Base.Name}[/]");
        console.MarkupLineInterpolated($"Candidate: [bold]{comparison.Candidate.Name}[/]");
        console.Write(CreateTable(comparison, console.Profile.Width >= WideFrom));
        foreach (var note in ComparisonText.Notes(comparison)) console.WriteLine(note);
        console.WriteLine();
        var style = new Style(ColorOf(comparison));
        foreach (var finding in ComparisonText.Findings(comparison)) console.Write(new Text(finding + Environment.NewLine, style));
    }

    /// <summary>Green only where a gate has passed every case.</summary>
    private static Color ColorOf(RunComparison comparison)
    {
        if (comparison.Gate is null) return Color.Default;
        if (comparison.Alarms.Any()) return Color.Red;
        return comparison.Cases.All(one => one.HasPassed) ? Color.Green : Color.Yellow;
    }

    private static Table CreateTable(RunComparison comparison, bool isWide)
    {
        var data = CompareTable.Create(comparison, isWide);
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in data.Columns)
        {
            var head = new Spectre.Console.TableColumn(Markup.Escape(column.Title)) { NoWrap = column.IsNumeric };
            table.AddColumn(column.IsNumeric ? head.RightAligned() : head);
        }

        for (var row = 0; row < data.Rows.Count; row++)
        {
            var style = data.MutedRows.Contains(row) ? new Style(Color.Grey) : Style.Plain;
            table.AddRow(data.Rows[row].Select(cell => new Text(cell.PlainText, style)));
        }

        return table;
    }
}

using Downloader.Benchmarks.Calibration;
using Spectre.Console;

namespace Downloader.Benchmarks.Reports;

/// <summary>A calibration on the screen: findings, figures, predictions, recommendation.</summary>
public static class CalibrationConsoleView
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="console">Where to.</param>
    public static void Render(CalibrationResult result, IAnsiConsole console)
    {
        WriteLine(console, $"{CalibrationText.Title(result)}: {CalibrationText.Subtitle(result)}", new Style(decoration: Decoration.Bold));
        foreach (var finding in CalibrationText.Findings(result)) WriteLine(console, finding);
        foreach (var figure in CalibrationTables.SecondaryFigures(result.Fit)) WriteLine(console, figure);
        console.Write(CreateTable(CalibrationTables.Predictions(result)));
        var limits = CalibrationText.Limits(result).ToList();
        if (limits.Count > 0) WriteLine(console, $"Not known: {string.Join(' ', limits)}");
        WriteLine(console, CalibrationText.Recommendation(result), new Style(Color.Green));
    }

    private static void WriteLine(IAnsiConsole console, string text, Style? style = null) =>
        console.Write(new Text(text + Environment.NewLine, style));

    private static Table CreateTable(ReportTable data)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (var column in data.Columns)
            table.AddColumn(new Spectre.Console.TableColumn(Markup.Escape(column.Title)) { NoWrap = true }.RightAligned());
        foreach (var row in data.Rows) table.AddRow(row.Select(cell => new Text(cell.PlainText)));
        return table;
    }
}

using System.Text;

namespace Downloader.Benchmarks.Reports;

/// <summary>Parts of a markdown document.</summary>
internal static class MarkdownText
{
    /// <summary>The table, padded so that it reads well as plain text too.</summary>
    public static string Table(ReportTable table)
    {
        var cells = table.Rows.Select(row => row.Select(cell => Escape(cell.PlainText)).ToArray()).ToArray();
        var titles = table.Columns.Select(column => column.Title).ToArray();
        var widths = titles.Select((title, index) => Math.Max(3, cells.Select(row => row[index].Length).Append(title.Length).Max()))
            .ToArray();
        var rule = table.Columns.Select((column, index) => new string('-', widths[index] - 1) + (column.IsNumeric ? ":" : "-"));
        return string.Concat(((IEnumerable<string>[])[titles.Select(Pad), rule, .. cells.Select(row => row.Select(Pad))])
            .Select(line => $"| {string.Join(" | ", line)} |\n"));

        string Pad(string cell, int index) => table.Columns[index].IsNumeric ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]);
    }

    /// <summary>A list.</summary>
    public static string Bullets(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));

    /// <summary>Names and values as a list.</summary>
    public static string Facts(IEnumerable<KeyValuePair<string, string>> facts) =>
        Bullets(facts.Select(fact => $"{Escape(fact.Key)}: {Escape(fact.Value)}"));

    /// <summary>Text that stays text: no markup, no new line.</summary>
    public static string Escape(string text) => new StringBuilder(text.ReplaceLineEndings(" "))
        .Replace("\\", "\\\\").Replace("&", "&amp;").Replace("<", "&lt;").Replace("|", "\\|").Replace("`", "\\`")
        .Replace("*", "\\*").Replace("_", "\\_").Replace("[", "\\[").ToString();
}

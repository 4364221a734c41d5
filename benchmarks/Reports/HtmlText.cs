using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Downloader.Benchmarks.Reports;

/// <summary>Parts of the page. They are built as a tree, so that whatever a name holds is only text.</summary>
internal static class HtmlText
{
    /// <summary>An element; attributes, texts and elements in it, nulls left out.</summary>
    public static XElement Element(string name, params object?[] content) =>
        // An element without content would close itself, which HTML does not know.
        new(name, content, content.All(item => item is null or XAttribute) ? "" : null);

    /// <summary>An attribute; null for a null value.</summary>
    public static XAttribute? Attribute(string name, string? value) => value is null ? null : new XAttribute(name, value);

    /// <summary>A paragraph of a class.</summary>
    public static XElement Paragraph(string? @class, string text) => Element("p", Attribute("class", @class), text);

    /// <summary>A list.</summary>
    public static XElement Bullets(IEnumerable<object> items) => Element("ul", items.Select(item => Element("li", item)));

    /// <summary>Names and values.</summary>
    public static XElement Facts(IEnumerable<KeyValuePair<string, string>> facts) =>
        Element("dl", facts.Select(fact => new[] { Element("dt", fact.Key), Element("dd", fact.Value) }));

    /// <summary>A small mark beside a name.</summary>
    public static object[] Marks(IEnumerable<string> marks) =>
        [.. marks.SelectMany(mark => new object[] { " ", Element("span", Attribute("class", "mark"), mark) })];

    /// <summary>A table in a box that scrolls sideways.</summary>
    /// <param name="table">The table.</param>
    /// <param name="isSortable">Whether its headings sort it.</param>
    public static XElement Table(ReportTable table, bool isSortable)
    {
        var heads = table.Columns.Select(column => Element(
            "th",
            Attribute("scope", "col"),
            Attribute("class", column.IsNumeric ? "number" : null),
            Attribute("title", column.Meaning),
            Attribute("aria-sort", isSortable ? "none" : null),
            isSortable ? Element("button", Attribute("type", "button"), column.Title) : column.Title));
        var rows = table.Rows.Select((row, place) => Element(
            "tr",
            Attribute("class", table.MutedRows.Contains(place) ? "muted" : null),
            row.Select((cell, index) => Cell(cell, table.Columns[index], isFirst: index == 0))));
        return Element(
            "div",
            Attribute("class", "scroll"),
            Attribute("tabindex", "0"),
            Attribute("role", "region"),
            Attribute("aria-label", table.Title),
            Element("table", Element("thead", Element("tr", heads)), Element("tbody", rows)));
    }

    /// <summary>The markup of some elements.</summary>
    public static string Markup(IEnumerable<XElement> elements)
    {
        var text = new StringBuilder();
        // Characters that XML forbids, such as ESC in a server's words, must not end the report.
        var settings = new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            CheckCharacters = false,
            ConformanceLevel = ConformanceLevel.Fragment,
        };
        using (var writer = XmlWriter.Create(text, settings))
        {
            foreach (var element in elements) element.WriteTo(writer);
        }

        return text.ToString();
    }

    private static XElement Cell(TableCell cell, TableColumn column, bool isFirst) => Element(
        isFirst ? "th" : "td",
        Attribute("scope", isFirst ? "row" : null),
        Attribute("class", Class(cell, column)),
        Attribute("data-value", cell.SortKey?.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        cell.Text,
        Marks(cell.Marks));

    private static string? Class(TableCell cell, TableColumn column)
    {
        if (column.IsNumeric) return "number";
        if (column.Title != ReportColumn.Audit) return null;
        return cell.Text == ReportColumn.FailedAudit ? "failed" : cell.Text;
    }
}

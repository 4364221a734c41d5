using System.Xml.Linq;
using Downloader.Benchmarks.Analysis.Comparison;
using static Downloader.Benchmarks.Reports.HtmlText;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>compare.html</c>: a comparison with its forest plots, one file that loads nothing from any network.</summary>
public static class CompareHtmlView
{
    private const string Title = "Concurrent downloads: comparison";

    // Those of the report, which sort the table and draw again when colours change; its pages have no suites here.
    private static readonly string[] Scripts = ["drawing.js", "charts.js", "waterfall.js", "page.js", "forest.js"];

    /// <summary>The page.</summary>
    public static string Render(RunComparison comparison) =>
        HtmlPage.Render(Title, Body(comparison), CompareForest.Create(comparison), Scripts);

    private static IEnumerable<XElement> Body(RunComparison comparison)
    {
        yield return Element(
            "header",
            Element("h1", Title),
            Paragraph("quiet", $"{comparison.Candidate.Name} against {comparison.Base.Name}"));
        yield return Element(
            "main",
            ComparisonText.Warnings(comparison)
                .Select(warning => Element("p", Attribute("class", "banner"), Attribute("role", "alert"), warning)),
            Element(
                "section",
                Attribute("id", "answer"),
                Attribute("aria-label", "The answer"),
                Attribute("tabindex", "-1"),
                ComparisonText.Findings(comparison).Select(finding => Paragraph("finding", finding))),
            Element("section", Attribute("id", "forests"), Attribute("aria-label", "Differences")),
            Element(
                "section",
                Attribute("aria-labelledby", "cases-title"),
                Element("h2", Attribute("id", "cases-title"), "All cases"),
                Table(CompareTable.Create(comparison), isSortable: true),
                ComparisonText.Notes(comparison).Select(note => Paragraph("quiet", note))),
            Element(
                "section",
                Attribute("aria-labelledby", "compared-title"),
                Element("h2", Attribute("id", "compared-title"), "What was compared"),
                Facts(CompareFacts.All(comparison))));
    }
}

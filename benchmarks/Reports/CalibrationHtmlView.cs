using System.Xml.Linq;
using Downloader.Benchmarks.Calibration;
using static Downloader.Benchmarks.Reports.HtmlText;

namespace Downloader.Benchmarks.Reports;

/// <summary>A calibration as one HTML file that loads nothing from any network.</summary>
public static class CalibrationHtmlView
{
    // Those of the report: its page has one suite here.
    private static readonly string[] Scripts = ["drawing.js", "charts.js", "waterfall.js", "page.js"];

    /// <summary>The page.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="scenario">The name of the scenario file, for the command lines.</param>
    public static string Render(CalibrationResult result, string scenario) => HtmlPage.Render(
        "Concurrent downloads: calibration", Body(result, scenario), CalibrationCharts.CreateData(result), Scripts);

    private static IEnumerable<XElement> Body(CalibrationResult result, string scenario)
    {
        yield return Element(
            "header",
            Element("h1", CalibrationText.Title(result)),
            Paragraph("quiet", CalibrationText.Subtitle(result)));
        yield return Element(
            "main",
            Element(
                "section",
                Attribute("id", "answer"),
                Attribute("aria-label", "The answer"),
                Attribute("tabindex", "-1"),
                CalibrationText.Findings(result).Select(finding => Paragraph("finding", finding)),
                Paragraph("finding recommended", CalibrationText.Recommendation(result))),
            Element(
                "section",
                Attribute("data-suite", "calibration"),
                Attribute("aria-labelledby", "fit-title"),
                Element("h2", Attribute("id", "fit-title"), "The fit"),
                Element("div", Attribute("class", "charts")),
                Table(CalibrationTables.Figures(result.Fit), isSortable: false)),
            Section("predicted", "How long downloads will take", Table(CalibrationTables.Predictions(result), isSortable: true)),
            Section("limits", "What this calibration cannot know", Bullets(CalibrationText.Limits(result))),
            Section("next", "What follows", CalibrationText.Commands(result, scenario).Select(Command)),
            Section(
                "seen",
                "What was seen",
                Facts(CalibrationText.Facts(result)),
                Bullets(CalibrationText.Notes(result)),
                Table(CalibrationTables.Levels(result.Fit), isSortable: true),
                Table(CalibrationTables.Pages(result.Fit), isSortable: true),
                CalibrationTables.OtherPages(result.Fit) is { } others ? Paragraph("quiet", others) : null));
    }

    private static XElement Section(string id, string title, params object?[] content) => Element(
        "section",
        Attribute("aria-labelledby", $"{id}-title"),
        Element("h2", Attribute("id", $"{id}-title"), title),
        content);

    private static XElement[] Command(KeyValuePair<string, string> command) =>
        [Element("p", command.Key), Element("pre", Attribute("tabindex", "0"), command.Value)];
}

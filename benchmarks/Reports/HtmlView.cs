using System.Xml.Linq;
using Downloader.Benchmarks.Analysis;
using static Downloader.Benchmarks.Reports.HtmlText;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>report.html</c>: one file that loads nothing from any network. Text and tables are written here; the script draws the
/// charts.</summary>
public static class HtmlView
{
    // One script for the browser: each part may use those before it, and the last starts it.
    private static readonly string[] Scripts = ["drawing.js", "charts.js", "waterfall.js", "page.js"];

    /// <summary>The page.</summary>
    public static string Render(RunAnalysis analysis) =>
        HtmlPage.Render("Concurrent downloads: benchmark report", Body(analysis), ReportData.Create(analysis), Scripts);

    private static IEnumerable<XElement> Body(RunAnalysis analysis)
    {
        yield return Element(
            "header",
            Element("h1", "Concurrent downloads"),
            Paragraph("quiet",
                $"Benchmark report · {string.Join(" · ", RunFacts.All(analysis.Run).TakeLast(2).Select(fact => fact.Value))}"),
            Element("nav", Attribute("aria-label", "Contents"),
                analysis.Suites.Select((suite, index) => Link($"#suite-{index}", suite.Result.Name)),
                Link("#measured", "What was measured")));
        yield return Element(
            "main",
            analysis.Warnings.Select(warning => Element("p", Attribute("class", "banner"), Attribute("role", "alert"), warning)),
            Answer(analysis),
            analysis.Suites.Select(Suite),
            Measured(analysis));
    }

    private static XElement Answer(RunAnalysis analysis)
    {
        var hasMany = analysis.Suites.Count > 1;
        return Element(
            "section",
            Attribute("id", "answer"),
            Attribute("class", hasMany ? "many" : null),
            Attribute("aria-label", "The answer"),
            Attribute("tabindex", "-1"),
            analysis.Suites.Select((suite, index) => new[]
            {
                hasMany ? Element("h2", Link($"#suite-{index}", suite.Result.Name)) : Paragraph("quiet", suite.Result.Question),
                Paragraph("finding", string.Join(' ', suite.Conclusion.Sentences)),
                suite.Conclusion.Recommended is { } recommended ? Paragraph("finding recommended", recommended) : null,
            }));
    }

    private static XElement Suite(SuiteAnalysis suite, int index) => Element(
        "section",
        Attribute("id", $"suite-{index}"),
        Attribute("data-suite", suite.Result.Name),
        Attribute("aria-labelledby", $"title-{index}"),
        Element("h2", Attribute("id", $"title-{index}"), suite.Result.Name),
        Paragraph("quiet", $"{suite.Result.Question} {suite.MeasurementSummary}"),
        Element("div", Attribute("class", "charts")),
        suite.MarkExplanations.Concat(suite.Result.Notes).Select(note => Paragraph("quiet", note)),
        Element("h3", "All rows"),
        Table(ReportTable.Results(suite), isSortable: true),
        Element("div", Attribute("class", "waterfall")));

    private static XElement Measured(RunAnalysis analysis) => Element(
        "section",
        Attribute("id", "measured"),
        Attribute("aria-labelledby", "measured-title"),
        Element("h2", Attribute("id", "measured-title"), "What was measured"),
        Facts(RunFacts.All(analysis.Run)),
        Element("p", "Repeat it:"),
        Element("pre", Attribute("tabindex", "0"), RunFacts.GetCommand(analysis.Run)),
        analysis.Suites.Select(Conditions),
        Element("h3", "What the numbers do not say"),
        Bullets(Caveats.All),
        analysis.Run.Files.Count == 0
            ? null
            : new[] { Element("h3", "BenchmarkDotNet's own reports"), Bullets(analysis.Run.Files.Select(FileLink)) });

    private static object[] Conditions(SuiteAnalysis suite)
    {
        var audit = AuditSummary.Create(suite);
        var auditClass = audit.HasFailed switch { true => "failed", false => "passed", null => null };
        return
        [
            Element("h3", $"{suite.Result.Name}: server settings, audit and noise"),
            ScenarioDescription.ForSuite(suite)
                .SelectMany(scenario => new[] { Paragraph("quiet", scenario.Title + ":"), Facts(scenario.Facts) }),
            Paragraph(auditClass, audit.Sentence),
            audit.Findings.Count == 0
                ? ""
                : Bullets(audit.Findings.Select(finding => new object[] { Element("strong", finding.Row), ": ", finding.Finding })),
            Table(ReportTable.Noise(suite), isSortable: false),
        ];
    }

    private static XElement Link(string target, string text) => Element("a", Attribute("href", target), text);

    private static XElement FileLink(string file) => Link(string.Join('/', file.Split('/', '\\').Select(Uri.EscapeDataString)), file);
}

using System.Xml.Linq;

namespace Downloader.Benchmarks.Reports;

/// <summary>An HTML file that loads nothing from any network: style, plotly.js and script are in it.</summary>
internal static class HtmlPage
{
    /// <summary>The page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="body">Its text and tables.</param>
    /// <param name="data">JSON for the script; it must not hold "&lt;".</param>
    /// <param name="scripts">The parts of the script: each may use those before it, and the last starts it.</param>
    public static string Render(string title, IEnumerable<XElement> body, string data, IEnumerable<string> scripts) =>
        ReportAssets.CreatePage("report.html", title, scripts, HtmlText.Markup(body) + ReportAssets.CreateDataElement(data));
}

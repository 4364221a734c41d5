using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Downloader.Benchmarks.Reports;

/// <summary>An HTML file that loads nothing from any network: style, plotly.js and script are in it.</summary>
internal static class HtmlPage
{
    private const string PlotlyPackage = "Plotly.NET";

    /// <summary>The page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="body">Its text and tables.</param>
    /// <param name="data">JSON for the script; it must not hold "&lt;".</param>
    /// <param name="scripts">The parts of the script: each may use those before it, and the last starts it.</param>
    public static string Render(string title, IEnumerable<XElement> body, string data, IEnumerable<string> scripts)
    {
        var page = new StringBuilder(Asset("report.html"));
        // What comes from the run goes in last: it is never looked at for placeholders.
        foreach (var (placeholder, content) in new[]
        {
            ("/*title*/", title),
            ("/*style*/", Asset("report.css")),
            ("/*plotly*/", Plotly()),
            ("/*script*/", string.Concat(scripts.Select(Asset))),
            ("<!--body-->", $"{HtmlText.Markup(body)}\n<script id=\"data\" type=\"application/json\">{data}</script>"),
        })
        {
            page.Replace(placeholder, content);
        }

        return page.ToString();
    }

    private static string Asset(string name) => Read(Assembly.GetExecutingAssembly(), $"Assets/{name}");

    private static string Plotly()
    {
        var package = Assembly.Load(PlotlyPackage);
        var name = package.GetManifestResourceNames().Single(resource => resource.EndsWith(".min.js", StringComparison.Ordinal));
        return Read(package, name);
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The report's part {resource} is missing from {assembly.GetName().Name}."));
        return reader.ReadToEnd();
    }
}

using System.Reflection;
using System.Text;
using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary><c>report.html</c>: one file that asks nothing of any network.</summary>
/// <remarks>plotly.js comes out of the Plotly.NET package, pinned and offline. Its figures are described by our own script rather than by
/// Plotly.NET's API: they must follow the reader's colour scheme, screen and choices while the page is open, which a figure fixed when the
/// report was written cannot. The package adds 9 MB and no native file to the benchmarks' output.</remarks>
public static class HtmlView
{
    private const string PlotlyPackage = "Plotly.NET";

    // One script for the browser: each part may use those before it, and the last sets the page up.
    private static readonly string[] Scripts =
        ["basics.js", "charts.js", "legend.js", "series.js", "bars.js", "pictures.js", "waterfall.js", "tables.js", "page.js"];

    /// <summary>The page.</summary>
    public static string Render(RunAnalysis analysis)
    {
        var page = new StringBuilder(Asset("report.html"));
        // The data goes in last, and only once: what it holds is never looked at for placeholders.
        foreach (var (place, content) in new[]
        {
            ("/*style*/", Asset("report.css")),
            ("/*plotly*/", Plotly()),
            ("/*script*/", string.Concat(Scripts.Select(Asset))),
            ("/*data*/", ReportData.Of(analysis)),
        })
        {
            page.Replace(place, content);
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

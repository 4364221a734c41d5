using System.Reflection;

namespace Downloader.Benchmarks.Reports;

/// <summary>The parts of the pages that a browser draws: style, scripts and plotly.js.</summary>
/// <remarks>plotly.js comes from the Plotly.NET package, pinned and offline. Its figures are described by the page's own script rather than
/// by Plotly.NET's API: they must follow the reader's colour scheme, screen and choices while the page is open, which a figure fixed when
/// the report was written cannot. The package adds 9 MB and no native file to the benchmarks' output.</remarks>
internal static class ReportAssets
{
    private const string PlotlyPackage = "Plotly.NET";

    /// <summary>A file of the folder Assets.</summary>
    public static string Read(string name) => Read(Assembly.GetExecutingAssembly(), $"Assets/{name}");

    /// <summary>plotly.js, minified.</summary>
    public static string ReadPlotly()
    {
        var package = Assembly.Load(PlotlyPackage);
        var name = package.GetManifestResourceNames().Single(resource => resource.EndsWith(".min.js", StringComparison.Ordinal));
        return Read(package, name);
    }

    /// <summary>A page with style, scripts and content in their places.</summary>
    /// <param name="template">The page's file in the folder Assets.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="scripts">The files of its script: each may use those before it, and the last starts it.</param>
    /// <param name="body">The content. It goes in last: it is never searched for placeholders.</param>
    public static string CreatePage(string template, string title, IEnumerable<string> scripts, string body) => Read(template)
        .Replace("/*title*/", title, StringComparison.Ordinal)
        .Replace("/*style*/", Read("report.css"), StringComparison.Ordinal)
        .Replace("/*plotly*/", ReadPlotly(), StringComparison.Ordinal)
        .Replace("/*script*/", string.Concat(scripts.Select(Read)), StringComparison.Ordinal)
        .Replace("<!--body-->", body, StringComparison.Ordinal);

    /// <summary>Data for a page's script.</summary>
    public static string CreateDataElement(string json) => $"\n<script id=\"data\" type=\"application/json\">{json}</script>";

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The report's part {resource} is missing from {assembly.GetName().Name}."));
        return reader.ReadToEnd();
    }
}

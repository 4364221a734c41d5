using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>A picture of a run: what a browser draws, and what stands for it where it is not seen.</summary>
/// <param name="Name">The stem of its files' names.</param>
/// <param name="Title">What it shows; drawn above it.</param>
/// <param name="Finding">What is to be seen in it, one or more sentences.</param>
/// <param name="Chart">The chart as JSON, numbers rounded to six digits.</param>
public sealed record Picture(string Name, string Title, string Finding, JsonElement Chart)
{
    /// <summary>The colour schemes that each picture is drawn in.</summary>
    public static IReadOnlyList<string> Schemes { get; } = ["light", "dark"];

    /// <summary>What a reader who does not see it is given.</summary>
    public string AlternativeText => $"{Title}. {Finding}".Replace('\u00a0', ' ');

    /// <summary>SHA-256 of all that the picture is drawn from. Its files carry it, so that a picture older than its data is found without a
    /// browser.</summary>
    public string DataHash => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Name, Title, Finding, Chart.GetRawText()))));

    /// <summary>The name of its file.</summary>
    public string FileName(string scheme) => $"{Name}-{scheme}.svg";

    /// <summary>The file's text: a drawing with title, description and the hash of its data.</summary>
    /// <param name="drawing">The SVG element that the browser drew.</param>
    internal string CreateFile(string drawing)
    {
        var start = drawing.IndexOf('>', StringComparison.Ordinal) + 1;
        var facts = string.Concat(new XElement("title", Title), new XElement("desc", AlternativeText), new XElement("metadata", DataHash));
        return $"{drawing[..start]}{facts}{drawing[start..]}\n";
    }
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis.Charts;

namespace Downloader.Benchmarks.Reports.Pictures;

/// <summary>Draws pictures with the report's own scripts in Chromium and writes them as SVG, in light and in dark.</summary>
/// <remarks>The browser is run as a program that prints its page. A library that drives browsers would be copied into each of
/// BenchmarkDotNet's builds.</remarks>
public static partial class PictureWriter
{
    private static readonly string[] Scripts = ["drawing.js", "charts.js", "waterfall.js", "svg.js", "picture.js"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the pictures, over older ones.</summary>
    /// <param name="pictures">The pictures; their names must differ.</param>
    /// <param name="directory">Where to; it is created when it is missing.</param>
    /// <returns>The names of the files, in order.</returns>
    /// <exception cref="PictureException">There is no browser, or it drew none.</exception>
    public static IReadOnlyList<string> Write(IReadOnlyList<Picture> pictures, string directory)
    {
        var drawings = Draw(pictures).ToDictionary(drawing => (drawing.Name, drawing.Scheme), drawing => drawing.Svg);
        Directory.CreateDirectory(directory);
        List<string> files = [];
        foreach (var picture in pictures)
        {
            foreach (var scheme in Picture.Schemes)
            {
                files.Add(picture.FileName(scheme));
                File.WriteAllText(Path.Combine(directory, files[^1]), picture.CreateFile(drawings[(picture.Name, scheme)]));
            }
        }

        return files;
    }

    private static Drawing[] Draw(IReadOnlyList<Picture> pictures)
    {
        var data = JsonSerializer.Serialize(
            new
            {
                Pictures = pictures.Select(picture => new { picture.Name, picture.Title, picture.Chart }),
                Picture.Schemes,
                WaterfallPanel.Outcomes,
            },
            Json);
        var page = Chromium.Load(ReportAssets.CreatePage("picture.html", "Pictures", Scripts, ReportAssets.CreateDataElement(data)));
        var result = Result().Match(page);
        if (!result.Success) throw new PictureException("Chromium ended before it had drawn the pictures.");
        var text = Encoding.UTF8.GetString(Convert.FromBase64String(result.Groups["base64"].Value));
        if (result.Groups["id"].Value == "failure") throw new PictureException($"Chromium could not draw the pictures: {text}");
        return JsonSerializer.Deserialize<Drawing[]>(text, Json)!;
    }

    /// <summary>The element in which the script leaves its result.</summary>
    [GeneratedRegex("""<pre id="(?<id>pictures|failure)">(?<base64>[^<]*)</pre>""")]
    private static partial Regex Result();

    private sealed record Drawing(string Name, string Scheme, string Svg);
}

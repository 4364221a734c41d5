using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis;
using Downloader.Benchmarks.Reports.Pictures;
using Downloader.Benchmarks.Results;

namespace Downloader.Benchmarks.Reports;

/// <summary>Results in the project's own pages, written from a run's data: blocks that begin with one of these lines and end with
/// <c>&lt;!-- end --&gt;</c>.
/// <list type="bullet">
/// <item><c>&lt;!-- result: Suite --&gt;</c>: the table of a suite.</item>
/// <item><c>&lt;!-- summary: Suite --&gt;</c>: a table of a few of its rows.</item>
/// <item><c>&lt;!-- answer: Suite --&gt;</c>: its conclusion.</item>
/// <item><c>&lt;!-- pictures: Suite --&gt;</c>: all its pictures, in a paragraph.</item>
/// <item><c>&lt;!-- picture: Suite-2 --&gt;</c>: one of them.</item>
/// </list></summary>
public static partial class DocumentedResults
{
    private const int LineWidth = 140;

    /// <summary>Two pictures fit beside each other on a page of GitHub.</summary>
    private const int PictureWidth = 410;

    /// <summary>The page with every block written anew.</summary>
    /// <param name="page">The page.</param>
    /// <param name="pictureFolder">The folder of the pictures, relative to the page.</param>
    /// <param name="find">The analysed run that has a suite, by the suite's name.</param>
    /// <exception cref="InvalidRunException">A suite does not have the picture that a block asks for.</exception>
    public static string Update(string page, string pictureFolder, Func<string, RunAnalysis> find) =>
        Block().Replace(page, match => $"{match.Groups["mark"].Value}\n{Content(match, pictureFolder, find)}<!-- end -->");

    /// <summary>The suites whose results the page has.</summary>
    public static IEnumerable<string> Suites(string page) => NamesOf(page, "result");

    /// <summary>The suites whose pictures the page has, all of them.</summary>
    public static IEnumerable<string> SuitesWithPictures(string page) => NamesOf(page, "pictures");

    private static IEnumerable<string> NamesOf(string page, string kind) =>
        Block().Matches(page).Where(match => match.Groups["kind"].Value == kind).Select(match => match.Groups["suite"].Value);

    private static string Content(Match match, string pictureFolder, Func<string, RunAnalysis> find)
    {
        var name = match.Groups["suite"].Value;
        var analysis = find(name);
        var suite = analysis.Suites.Single(one => one.Result.Name == name);
        return match.Groups["kind"].Value switch
        {
            "answer" => Quote(suite),
            "summary" => Table(SummaryTable.Create(suite))
                + Lines($"{suite.Conditions}; {RunFacts.ShortLine(analysis.Run)}.{SummaryTable.Note(suite)}", prefix: ""),
            "pictures" => $"<p>\n{string.Concat(PictureCatalogue.Create(suite).Select(picture => Markup(picture, pictureFolder)))}</p>\n",
            "picture" => Markup(FindPicture(suite, name + match.Groups["which"].Value), pictureFolder),
            _ => Table(ReportTable.Results(suite, ReportColumn.ForDocuments(suite)))
                + Lines($"{suite.Conditions}; {RunFacts.Line(analysis.Run)}.", prefix: ""),
        };
    }

    /// <summary>Its figures keep their non-breaking spaces, so that none is broken where a column is narrow. Other text has plain spaces.
    /// </summary>
    private static string Table(ReportTable table) => $"{MarkdownText.Table(table)}\n";

    private static Picture FindPicture(SuiteAnalysis suite, string name) =>
        PictureCatalogue.Create(suite).FirstOrDefault(picture => picture.Name == name)
        ?? throw new InvalidRunException($"The run of the suite {suite.Result.Name} gives no picture {name}.");

    /// <summary>The picture in the reader's colour scheme. In one paragraph pictures stand beside each other, at a distance from the text
    /// below; a page itself has the paragraph of single pictures.</summary>
    private static string Markup(Picture picture, string folder) =>
        $"""
        <picture>
        <source media="(prefers-color-scheme: dark)" srcset="{folder}/{picture.FileName("dark")}">
        {Lines($"<img alt=\"{EscapeAttribute(picture.AlternativeText)}\"", prefix: "").TrimEnd()}
        src="{folder}/{picture.FileName("light")}" width="{PictureWidth}" align="top">
        </picture>

        """;

    private static string EscapeAttribute(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Quote(SuiteAnalysis suite)
    {
        var finding = Lines(string.Join(' ', suite.Conclusion.Sentences), "> ");
        return suite.Conclusion.Recommended is { } recommended ? $"{finding}>\n{Lines($"**{recommended}**", "> ")}" : finding;
    }

    private static string Lines(string text, string prefix)
    {
        List<string> lines = [prefix];
        foreach (var word in text.Split(' ', '\u00a0'))
        {
            if (lines[^1].Length + word.Length > LineWidth) lines.Add(prefix);
            lines[^1] += $"{word} ";
        }

        return string.Concat(lines.Select(line => line.TrimEnd() + "\n"));
    }

    [GeneratedRegex(
        @"(?<mark><!-- (?<kind>result|summary|answer|pictures?): (?<suite>\w+)(?<which>-\w+)? -->)\n.*?<!-- end -->",
        RegexOptions.Singleline)]
    private static partial Regex Block();
}

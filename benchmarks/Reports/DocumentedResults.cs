using System.Text.RegularExpressions;
using Downloader.Benchmarks.Analysis;

namespace Downloader.Benchmarks.Reports;

/// <summary>Results in the project's own pages: blocks between <c>&lt;!-- result: Suite --&gt;</c> or <c>&lt;!-- answer: Suite --&gt;</c>
/// and <c>&lt;!-- end --&gt;</c>, written from a run's data.</summary>
public static partial class DocumentedResults
{
    private const int LineWidth = 140;

    /// <summary>The page with every block written anew.</summary>
    /// <param name="page">The page.</param>
    /// <param name="find">The analysed run that has a suite, by the suite's name.</param>
    public static string Update(string page, Func<string, RunAnalysis> find) =>
        Block().Replace(page, match => $"{match.Groups["mark"].Value}\n{Content(match, find)}<!-- end -->");

    /// <summary>The suites whose results the page has.</summary>
    public static IEnumerable<string> Suites(string page) =>
        Block().Matches(page).Where(match => match.Groups["kind"].Value == "result").Select(match => match.Groups["suite"].Value);

    private static string Content(Match match, Func<string, RunAnalysis> find)
    {
        var name = match.Groups["suite"].Value;
        var analysis = find(name);
        var suite = analysis.Suites.Single(one => one.Result.Name == name);
        var content = match.Groups["kind"].Value == "answer"
            ? Quote(suite)
            : $"{MarkdownText.Table(ReportTable.Results(suite, ReportColumn.ForDocuments(suite)))}\n"
                + Lines($"{suite.Conditions}; {RunFacts.Line(analysis.Run)}.", prefix: "");
        // Sources keep to plain spaces.
        return content.Replace('\u00a0', ' ');
    }

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

    [GeneratedRegex(@"(?<mark><!-- (?<kind>result|answer): (?<suite>\w+) -->)\n.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Block();
}

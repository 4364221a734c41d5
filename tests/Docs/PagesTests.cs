using System.Text.RegularExpressions;
using Downloader.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Downloader.Tests.Docs;

/// <summary>What the pages show can be used as it stands: code compiles, links lead somewhere, tables fit a screen.</summary>
public sealed partial class PagesTests
{
    private const int MaxColumnsOfReadme = 6;

    /// <summary>What GitHub's column for a README shows of a line of code without scrolling.</summary>
    private const int MaxWidthOfReadmeCode = 97;

    private static readonly string[] Pages = [.. RepositoryFiles.WithExtension(".md")];

    public static TheoryData<string, int> Snippets()
    {
        var snippets = new TheoryData<string, int>();
        foreach (var page in Pages)
        {
            for (var index = 0; index < SnippetsOf(page).Count; index++) snippets.Add(page, index);
        }

        return snippets;
    }

    [Theory]
    [MemberData(nameof(Snippets))]
    public void Code_compiles_as_a_program_of_its_own(string page, int index)
    {
        var compilation = SnippetCompiler.Compile(withProject: true, SnippetsOf(page)[index]);

        Assert.DoesNotContain(
            compilation.GetDiagnostics(TestContext.Current.CancellationToken),
            diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public void There_is_code_to_take_with_and_without_the_library()
    {
        var snippets = SnippetsOf("README.md");

        Assert.Contains(snippets, snippet => snippet.Contains("using Downloader;", StringComparison.Ordinal));
        Assert.Contains(snippets, snippet => !snippet.Contains("using Downloader;", StringComparison.Ordinal));
    }

    [Fact]
    public void Links_between_pages_lead_to_a_file_and_a_heading() => Assert.Empty(
        from page in Pages
        from target in TargetsOf(page)
        where !Exists(page, target)
        select $"{page}: {target}");

    [Fact]
    public void No_table_of_the_README_is_wider_than_six_columns() => Assert.All(
        RepositoryFiles.Read("README.md").Split('\n').Where(line => line.StartsWith('|')),
        row => Assert.InRange(Bar().Count(row) - 1, 1, MaxColumnsOfReadme));

    [Fact]
    public void No_code_of_the_README_is_wider_than_its_column()
    {
        var readme = RepositoryFiles.Read("README.md");
        var commands = readme.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line[4..]);
        var code = CodeBlock().Matches(readme).SelectMany(match => match.Groups["code"].Value.Split('\n'));

        Assert.All(commands.Concat(code), line => Assert.InRange(line.Length, 0, MaxWidthOfReadmeCode));
    }

    /// <summary>Without the code of each strategy and the beginning that all share: see <see cref="StrategySnippetsTests"/>.</summary>
    private static IReadOnlyList<string> SnippetsOf(string page) =>
    [
        .. CodeBlock().Matches(RepositoryFiles.Read(page)).Select(match => match.Groups["code"].Value)
            .Where(code => page != "README.md" || !ReadmeSnippets.ByStrategy.Values.Append(ReadmeSnippets.Beginning).Contains(code)),
    ];

    private static IEnumerable<string> TargetsOf(string page) => Link().Matches(RepositoryFiles.Read(page))
        .Select(match => match.Groups["target"].Value)
        .Where(target => !target.Contains("://", StringComparison.Ordinal));

    private static bool Exists(string page, string target)
    {
        var parts = target.Split('#');
        var path = parts[0].Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, parts[0]);
        var full = Path.GetFullPath(Path.Combine(BuiltProgram.Root, path));
        if (parts.Length == 1) return File.Exists(full) || Directory.Exists(full);
        return File.Exists(full) && File.ReadAllLines(full).Where(line => line.StartsWith('#')).Select(AnchorOf).Contains(parts[1]);
    }

    /// <summary>As GitHub makes it: lower case, without punctuation, a hyphen for each space.</summary>
    private static string AnchorOf(string heading) =>
        NoPartOfAnchor().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    /// <summary>A bar that divides cells: not one that is escaped.</summary>
    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPartOfAnchor();
}

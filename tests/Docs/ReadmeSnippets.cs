using System.Text.RegularExpressions;
using Downloader.Tests.Support;

namespace Downloader.Tests.Docs;

/// <summary>The README's code for each strategy, and the beginning that all share.</summary>
internal static partial class ReadmeSnippets
{
    private const string Page = "README.md";

    /// <summary>What stands before each snippet in a program.</summary>
    public static string Beginning { get; } =
        BeginningOfAll().Match(RepositoryFiles.Read(Page)) is { Success: true } match
            ? match.Groups["code"].Value
            : throw new InvalidOperationException($"{Page} has no beginning of its snippets.");

    /// <summary>The snippets by the name of their strategy.</summary>
    public static IReadOnlyDictionary<string, string> ByStrategy { get; } = Snippet().Matches(RepositoryFiles.Read(Page))
        .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["code"].Value);

    [GeneratedRegex("<details><summary>The beginning: [^\n]*</summary>\n\n```csharp\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BeginningOfAll();

    [GeneratedRegex("<details><summary><code>(?<name>[^<]+)</code></summary>\n\n```csharp\n(?<code>.*?)^```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();
}

using Downloader.Tests.Support;

namespace Downloader.Tests.Architecture;

/// <summary>The shape of text and code that no analyzer of the build checks.</summary>
public sealed class ShapeTests
{
    private const int MaxColumns = 140;

    /// <summary>Not among them: the solution and JSON files, which tools write.</summary>
    private static readonly string[] TextFiles = [".cs", ".md", ".js", ".css", ".html", ".csproj", ".props", ".sh", ".yml"];

    /// <summary>A row of a markdown table and the address of a link cannot be broken into lines.</summary>
    [Fact]
    public void No_line_is_wider_than_140_columns() => AssertNone(
        from path in RepositoryFiles.WithExtension(TextFiles).Append(".ci/run")
        from line in RepositoryFiles.Read(path).Split('\n').Select((text, index) => (Text: text.TrimEnd('\r'), Number: index + 1))
        where line.Text.Length > MaxColumns && !IsUnbreakable(path, line.Text)
        select $"{path}:{line.Number}: {line.Text.Length} columns");

    [Fact]
    public void Every_file_can_be_parsed() => AssertNone(
        from file in SourceFile.All
        from problem in file.Root.GetDiagnostics()
        where problem.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error
        select $"{file.Path}: {problem.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");

    [Fact]
    public void A_file_has_at_most_one_public_type_and_its_name() =>
        AssertNone(SourceFile.All.SelectMany(CodeShape.TypesBesideTheFilesOwn));

    [Fact]
    public void A_condition_has_at_most_one_pattern_that_declares_a_variable() =>
        AssertNone(SourceFile.All.SelectMany(CodeShape.ConditionsWithSeveralDeclarations));

    [Fact]
    public void No_conditional_expression_stands_in_another_or_in_an_interpolation() =>
        AssertNone(SourceFile.All.SelectMany(CodeShape.NestedConditionals));

    [Fact]
    public void No_loop_has_an_empty_body() => AssertNone(SourceFile.All.SelectMany(CodeShape.EmptyLoops));

    [Fact]
    public void A_branch_of_several_lines_has_braces() => AssertNone(SourceFile.All.SelectMany(CodeShape.LongBranchesWithoutBraces));

    private static bool IsUnbreakable(string path, string line) =>
        path.EndsWith(".md", StringComparison.Ordinal) && (line.StartsWith('|') || line.Split(' ').Any(IsLongLink));

    private static bool IsLongLink(string word) => word.Contains("](", StringComparison.Ordinal) && word.Length > MaxColumns / 2;

    private static void AssertNone(IEnumerable<string> breaks)
    {
        var lines = breaks.Order(StringComparer.Ordinal).ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} found:\n{string.Join('\n', lines)}");
    }
}

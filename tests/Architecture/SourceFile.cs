using Downloader.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Downloader.Tests.Architecture;

/// <summary>A C# file of the repository, parsed.</summary>
/// <param name="Path">From the top of the repository, with slashes.</param>
/// <param name="Root">Its syntax tree.</param>
public sealed record SourceFile(string Path, CompilationUnitSyntax Root)
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    /// <summary>The C# files of the product and of its tests. Those of experiments are programs of one file without a project.</summary>
    public static IReadOnlyList<SourceFile> All { get; } =
    [
        .. RepositoryFiles.WithExtension(".cs").Where(path => !path.StartsWith("experiments/", StringComparison.Ordinal))
            .Select(path => new SourceFile(path, CSharpSyntaxTree.ParseText(RepositoryFiles.Read(path), Options).GetCompilationUnitRoot())),
    ];

    /// <summary>Those of the product.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } =
        [.. All.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal))];

    /// <summary>Its room; null if its folder has no row in the table.</summary>
    public Room? Room { get; } = RoomTable.FindByPath(Path);

    /// <summary>The namespace it declares; null for a file of top-level statements.</summary>
    public string? Namespace { get; } = Root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();

    /// <summary>The types it declares outside of any other type.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types => Root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>The name of a type that <see cref="Types"/> gives.</summary>
    public static string NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax named ? named.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;

    /// <summary>Where a node stands, as <c>path:line</c>.</summary>
    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}

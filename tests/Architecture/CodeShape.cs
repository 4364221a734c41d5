using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Downloader.Tests.Architecture;

/// <summary>Finds code of a shape that the project does without; each finding is <c>path:line: what</c>.</summary>
internal static class CodeShape
{
    /// <summary>A second public type in a file, and a file without a type of its name.</summary>
    public static IEnumerable<string> TypesBesideTheFilesOwn(SourceFile file)
    {
        var types = file.Types.ToList();
        if (types.Count == 0) return [];
        var name = Path.GetFileNameWithoutExtension(file.Path);
        var publicTypes = types.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList();
        var strangers = publicTypes.Where(type => SourceFile.NameOf(type) != name)
            .Select(type => $"{file.At(type)}: public type {SourceFile.NameOf(type)}");
        var isNamed = publicTypes.Count > 0 || types.Exists(type => SourceFile.NameOf(type) == name);
        return isNamed ? strangers : [$"{file.Path}:1: no type {name}"];
    }

    /// <summary>More than one <c>is { … } x</c> among conditions joined by <c>&amp;&amp;</c> or <c>||</c>.</summary>
    public static IEnumerable<string> ConditionsWithSeveralDeclarations(SourceFile file) => file.Root.DescendantNodes()
        .OfType<RecursivePatternSyntax>()
        .Where(pattern => pattern.Designation is SingleVariableDesignationSyntax)
        .GroupBy(ConditionAround)
        .Where(condition => condition.Count() > 1)
        .Select(condition => $"{file.At(condition.Key)}: {condition.Count()} declarations in {Short(condition.Key)}");

    /// <summary><c>a ? b : c</c> as a part of another, or between the braces of <c>$"{…}"</c>.</summary>
    public static IEnumerable<string> NestedConditionals(SourceFile file) => file.Root.DescendantNodes()
        .OfType<ConditionalExpressionSyntax>()
        .Where(conditional => conditional.Ancestors()
            .TakeWhile(IsOfSameExpression)
            .Any(outer => outer is ConditionalExpressionSyntax or InterpolationSyntax))
        .Select(conditional => $"{file.At(conditional)}: {Short(conditional)}");

    /// <summary>Loops without a statement in their body.</summary>
    public static IEnumerable<string> EmptyLoops(SourceFile file) => file.Root.DescendantNodes()
        .Where(node => BodyOf(node) is EmptyStatementSyntax or BlockSyntax { Statements.Count: 0 } && IsLoop(node))
        .Select(loop => $"{file.At(loop)}: {Short(loop)}");

    /// <summary>Bodies without braces that take more than one line; <c>else if</c> is none.</summary>
    public static IEnumerable<string> LongBranchesWithoutBraces(SourceFile file) => file.Root.DescendantNodes()
        .Select(BodyOf)
        .OfType<StatementSyntax>()
        .Where(body => body is not BlockSyntax && !IsElseIf(body) && LinesOf(body) > 1)
        .Select(body => $"{file.At(body)}: {Short(body)}");

    private static bool IsLoop(SyntaxNode node) =>
        node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    private static bool IsElseIf(StatementSyntax body) => body is IfStatementSyntax && body.Parent is ElseClauseSyntax;

    private static StatementSyntax? BodyOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax branch => branch.Statement,
        ElseClauseSyntax branch => branch.Statement,
        WhileStatementSyntax loop => loop.Statement,
        DoStatementSyntax loop => loop.Statement,
        ForStatementSyntax loop => loop.Statement,
        CommonForEachStatementSyntax loop => loop.Statement,
        UsingStatementSyntax block => block.Statement,
        LockStatementSyntax block => block.Statement,
        FixedStatementSyntax block => block.Statement,
        _ => null,
    };

    private static SyntaxNode ConditionAround(RecursivePatternSyntax pattern)
    {
        SyntaxNode condition = pattern.FirstAncestorOrSelf<IsPatternExpressionSyntax>() ?? (SyntaxNode)pattern;
        while (IsPartOfCondition(condition.Parent)) condition = condition.Parent!;
        return condition;
    }

    private static bool IsPartOfCondition(SyntaxNode? node) =>
        node is ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax
        || node.IsKind(SyntaxKind.LogicalAndExpression)
        || node.IsKind(SyntaxKind.LogicalOrExpression);

    /// <summary>A lambda, a statement and a member each begin an expression of their own.</summary>
    private static bool IsOfSameExpression(SyntaxNode node) =>
        node is not (AnonymousFunctionExpressionSyntax or StatementSyntax or MemberDeclarationSyntax);

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string Short(SyntaxNode node)
    {
        var text = string.Join(' ', node.ToString().Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 100 ? text : $"{text[..99]}…";
    }
}

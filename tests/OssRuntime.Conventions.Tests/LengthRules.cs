using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace OssRuntime.Conventions.Tests;

/// <summary>How long a method may be, and how much a constructor may take.</summary>
public sealed class LengthRules
{
    private const int LongestMethod = 60;
    private const int MostParameters = 8;

    private static readonly IReadOnlyList<(string File, SyntaxNode Root)> Sources =
        [.. Repository.Sources("src").Select(file => (file, CSharpSyntaxTree.ParseText(Repository.Read(file)).GetRoot()))];

    [Fact]
    public void No_method_is_longer_than_a_screen() =>
        Assert.Empty(Nodes<SyntaxNode>()
            .Where(entry => entry.Node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax)
            .Select(entry => (entry.File, entry.Node, Lines: LinesOf(entry.Node)))
            .Where(entry => entry.Lines > LongestMethod)
            .Select(entry => $"{entry.File}: {NameOf(entry.Node)} has {entry.Lines} lines"));

    [Fact]
    public void No_constructor_takes_more_than_eight_things() =>
        Assert.Empty(Constructors()
            .Where(entry => entry.Parameters.Parameters.Count > MostParameters)
            .Select(entry => $"{entry.File}: {entry.Name} takes {entry.Parameters.Parameters.Count}"));

    [Fact]
    public void No_constructor_takes_a_callback() =>
        Assert.Empty(Constructors()
            .SelectMany(entry => entry.Parameters.Parameters.Select(parameter => (entry.File, entry.Name, Type: parameter.Type?.ToString() ?? "")))
            .Where(entry => entry.Type.StartsWith("Action", StringComparison.Ordinal) || entry.Type.StartsWith("Func<", StringComparison.Ordinal))
            .Select(entry => $"{entry.File}: {entry.Name} takes {entry.Type}"));

    private static IEnumerable<(string File, T Node)> Nodes<T>()
        where T : SyntaxNode =>
        Sources.SelectMany(source => source.Root.DescendantNodes().OfType<T>().Select(node => (source.File, node)));

    // Of records the parameters are fields: data, not collaborators.
    private static IEnumerable<(string File, string Name, ParameterListSyntax Parameters)> Constructors() =>
        Nodes<ConstructorDeclarationSyntax>().Select(entry => (entry.File, entry.Node.Identifier.Text, entry.Node.ParameterList))
            .Concat(Nodes<TypeDeclarationSyntax>()
                .Where(entry => entry.Node is not RecordDeclarationSyntax && entry.Node.ParameterList is not null)
                .Select(entry => (entry.File, entry.Node.Identifier.Text, entry.Node.ParameterList!)));

    // Without the comment before it.
    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        _ => node.Kind().ToString(),
    };
}

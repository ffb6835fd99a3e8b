namespace OssRuntime.Model.Versions.Maven;

/// <summary>A piece of a Maven version: where its qualifier and its number stand in the text.</summary>
internal readonly record struct MavenToken(MavenTokenKind Kind, short QualifierStart, short QualifierEnd, short NumberStart, short NumberEnd)
{
    /// <summary>A list begins.</summary>
    internal static readonly MavenToken List = new(MavenTokenKind.List, 0, 0, 0, 0);

    /// <summary>A number; an empty one is zero.</summary>
    internal static MavenToken OfNumber(int start, int end) => new(MavenTokenKind.Number, 0, 0, (short)start, (short)end);

    /// <summary>A qualifier.</summary>
    internal static MavenToken OfQualifier(int start, int end) => new(MavenTokenKind.Qualifier, (short)start, (short)end, 0, 0);

    /// <summary>The text of the qualifier.</summary>
    internal ReadOnlySpan<char> Qualifier(ReadOnlySpan<char> version) => version[QualifierStart..QualifierEnd];

    /// <summary>The digits of the number.</summary>
    internal ReadOnlySpan<char> Number(ReadOnlySpan<char> version) => version[NumberStart..NumberEnd];
}

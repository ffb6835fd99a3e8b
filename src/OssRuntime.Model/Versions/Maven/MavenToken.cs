namespace OssRuntime.Model.Versions.Maven;

/// <summary>A piece of a Maven version, and where it stands in the text.</summary>
internal readonly record struct MavenToken(MavenTokenKind Kind, short Start, short End)
{
    /// <summary>A list begins.</summary>
    internal static readonly MavenToken List = new(MavenTokenKind.List, 0, 0);

    /// <summary>Its text; that of an empty number is empty.</summary>
    internal ReadOnlySpan<char> Of(ReadOnlySpan<char> version) => version[Start..End];

    /// <summary>True for a piece that means nothing: zero, and a word for the release.</summary>
    internal bool IsNull(ReadOnlySpan<char> version) => Kind switch
    {
        MavenTokenKind.Number => Of(version).TrimStart('0').IsEmpty,
        MavenTokenKind.Qualifier or MavenTokenKind.QualifierBeforeDigit => CompareWithNothing(version) == 0,
        _ => false,
    };

    /// <summary>How it compares with a version that ends here.</summary>
    internal int CompareWithNothing(ReadOnlySpan<char> version) => Kind switch
    {
        MavenTokenKind.Number => DigitRun.Compare(Of(version), "0"),
        MavenTokenKind.Qualifier or MavenTokenKind.QualifierBeforeDigit => MavenQualifier.CompareWithRelease(Of(version), Kind == MavenTokenKind.QualifierBeforeDigit),
        _ => 0,
    };
}

namespace OssRuntime.Model.Versions.Maven;

/// <summary>What a piece of a Maven version is.</summary>
internal enum MavenTokenKind : byte
{
    /// <summary>Nothing more.</summary>
    End,

    /// <summary>A list within the list begins, which always is its last piece.</summary>
    List,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A qualifier.</summary>
    Qualifier,

    /// <summary>A qualifier with its number: <c>rc1</c>, <c>rc-1</c>.</summary>
    NumberedQualifier,
}

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

    /// <summary>A qualifier with a digit right behind it: there a single letter may stand for a word.</summary>
    QualifierBeforeDigit,
}

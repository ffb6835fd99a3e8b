namespace OssRuntime.Model.Versions.Apk;

/// <summary>The kinds of part of an Alpine version, in the order in which they may follow each other; a lower one is newer where two versions part.</summary>
internal enum ApkToken
{
    InitialDigits,
    Digits,
    Letter,
    Suffix,
    SuffixNumber,
    CommitHash,
    Revision,
    End,
    Invalid,
}

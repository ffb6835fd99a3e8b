namespace OssRuntime.Cli.Remedies;

/// <summary>What there is to do about findings of a package.</summary>
internal enum RemedyKind
{
    /// <summary>The package is malicious: it is removed.</summary>
    Remove,

    /// <summary>A version mends them.</summary>
    Update,

    /// <summary>No version is known to mend them.</summary>
    NoFix,
}

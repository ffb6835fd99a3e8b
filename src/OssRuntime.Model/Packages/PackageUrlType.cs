namespace OssRuntime.Model.Packages;

/// <summary>What one purl type demands of its parts (the type definitions of the purl specification).</summary>
internal sealed record PackageUrlType
{
    /// <summary>Whether there must be a namespace; null where there may be one.</summary>
    internal bool? HasNamespace { get; init; }

    /// <summary>True where there must be a version.</summary>
    internal bool NeedsVersion { get; init; }

    /// <summary>True where the namespace is not case-sensitive: it is lowered.</summary>
    internal bool LowersNamespace { get; init; }

    /// <summary>True where the name is not case-sensitive: it is lowered.</summary>
    internal bool LowersName { get; init; }

    /// <summary>True where the version is not case-sensitive: it is lowered.</summary>
    internal bool LowersVersion { get; init; }

    /// <summary>What else is done to the parts, or null.</summary>
    internal Func<PackageUrl, PackageUrl>? Normalize { get; init; }

    /// <summary>What else is asked of the normalized parts: null where they are as they should be, else what is wrong; or null.</summary>
    internal Func<PackageUrl, string?>? Check { get; init; }
}

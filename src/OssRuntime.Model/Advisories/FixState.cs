namespace OssRuntime.Model.Advisories;

/// <summary>What a publisher does about a flaw in a package of its own, as of the day of its data.</summary>
public enum FixState
{
    /// <summary>The publisher does not say.</summary>
    Unknown,

    /// <summary>There is a version with the fix.</summary>
    Fixed,

    /// <summary>There is none yet.</summary>
    NotFixed,

    /// <summary>There will be none: too intrusive, too minor, or postponed for good.</summary>
    WontFix,

    /// <summary>The package or the release is no longer supported.</summary>
    EndOfLife,

    /// <summary>The publisher has not decided whether the package is affected.</summary>
    UnderInvestigation,
}

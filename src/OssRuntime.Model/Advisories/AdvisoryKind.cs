namespace OssRuntime.Model.Advisories;

/// <summary>What an advisory states.</summary>
public enum AdvisoryKind
{
    /// <summary>A flaw.</summary>
    Vulnerability,

    /// <summary>The package itself is an attack.</summary>
    Malware,

    /// <summary>Nobody maintains the package any more.</summary>
    Unmaintained,
}

namespace OssRuntime.Model.Findings;

/// <summary>The qualitative severity of a finding, mildest first (CVSS v3.1 section 5, with Malicious above all).</summary>
public enum Severity
{
    /// <summary>No source says.</summary>
    Unknown,

    /// <summary>Score 0.</summary>
    None,

    /// <summary>Score 0.1 to 3.9.</summary>
    Low,

    /// <summary>Score 4.0 to 6.9.</summary>
    Medium,

    /// <summary>Score 7.0 to 8.9.</summary>
    High,

    /// <summary>Score 9.0 to 10.</summary>
    Critical,

    /// <summary>The package itself is an attack.</summary>
    Malicious,
}

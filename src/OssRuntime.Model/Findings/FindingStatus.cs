namespace OssRuntime.Model.Findings;

/// <summary>The status of a finding in VEX words (CISA, "Minimum Requirements for VEX").</summary>
public enum FindingStatus
{
    /// <summary>The component is affected.</summary>
    Affected,

    /// <summary>A VEX statement or an exception says that it is not.</summary>
    NotAffected,

    /// <summary>The component carries the fix.</summary>
    Fixed,

    /// <summary>Its publisher has not decided yet.</summary>
    UnderInvestigation,
}

namespace OssRuntime.Policy.Rules;

/// <summary>What the conditions of a rule are about.</summary>
public enum RuleSubject
{
    /// <summary>Findings.</summary>
    Finding,

    /// <summary>Release cycles.</summary>
    Lifecycle,

    /// <summary>Packages, whether or not anything is known against them.</summary>
    Package,

    /// <summary>How the inventory was obtained.</summary>
    Inventory,

    /// <summary>How much of the image was checked, and against what.</summary>
    Coverage,
}

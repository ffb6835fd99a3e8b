namespace OssRuntime.Policy.Priorities;

/// <summary>What a successful attack would do to people and the mission (SSVC decision point "Human Impact" 2.0.2).</summary>
public enum HumanImpact
{
    /// <summary>Little.</summary>
    Low,

    /// <summary>Degraded mission or minor harm.</summary>
    Medium,

    /// <summary>An essential function fails, or major harm.</summary>
    High,

    /// <summary>The mission fails, or catastrophic harm.</summary>
    VeryHigh,
}

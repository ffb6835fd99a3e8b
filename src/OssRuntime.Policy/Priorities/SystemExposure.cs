namespace OssRuntime.Policy.Priorities;

/// <summary>How much of the system an attacker can touch (SSVC decision point "System Exposure" 1.0.1).</summary>
public enum SystemExposure
{
    /// <summary>Local or highly restricted.</summary>
    Small,

    /// <summary>Within networks that have some access control.</summary>
    Controlled,

    /// <summary>The Internet or another network anyone may use.</summary>
    Open,
}

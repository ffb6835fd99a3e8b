namespace OssRuntime.Model.Findings;

/// <summary>The SSVC deployer's decision, least urgent first (CERT/CC SSVC, "Deployer Decision Model").</summary>
public enum Priority
{
    /// <summary>Do not act at present.</summary>
    Defer,

    /// <summary>Act at the next regular maintenance.</summary>
    Scheduled,

    /// <summary>Act sooner than the next maintenance.</summary>
    OutOfCycle,

    /// <summary>Act now, with all that is needed.</summary>
    Immediate,
}

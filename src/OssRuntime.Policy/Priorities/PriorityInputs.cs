namespace OssRuntime.Policy.Priorities;

/// <summary>The four inputs of a priority.</summary>
public readonly record struct PriorityInputs(Exploitation Exploitation, SystemExposure Exposure, bool Automatable, HumanImpact Impact);

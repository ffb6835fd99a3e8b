namespace OssRuntime.Policy.Priorities;

/// <summary>The inputs that do not depend on the workload, and where each came from.</summary>
/// <param name="Exploitation">What is known of attacks.</param>
/// <param name="ExploitationFrom">Who says so, in one word.</param>
/// <param name="Automatable">Whether attacks can be automated.</param>
/// <param name="AutomatableFrom">Who says so, in one word.</param>
public readonly record struct PriorityEvidence(Exploitation Exploitation, string ExploitationFrom, bool Automatable, string AutomatableFrom);

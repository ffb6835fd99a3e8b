namespace OssRuntime.Operator.Pods;

/// <summary>What the look at pods goes by.</summary>
/// <param name="ExcludedNamespaces">Namespaces whose pods are left alone.</param>
/// <param name="Time">The clock.</param>
internal sealed record PodReconcilerOptions(IReadOnlySet<string> ExcludedNamespaces, TimeProvider Time);

using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Keys;

/// <summary>Names a policy or an exception.</summary>
internal readonly record struct DecisionKey(string Kind, ObjectKey Key);

using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Operator.Policies;

/// <summary>The stored objects of a kind, and how their status is written.</summary>
internal sealed record DecisionStore<T>(Store<T> Store, Applier<T> Applier)
    where T : class, IAppliedResource;

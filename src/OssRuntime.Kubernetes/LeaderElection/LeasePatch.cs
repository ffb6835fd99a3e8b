using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.LeaderElection;

/// <summary>A change of the record alone; the version in the metadata makes it a conflict if anything else has changed.</summary>
internal sealed record LeasePatch(ObjectMeta Metadata, LeaseRecord Spec);

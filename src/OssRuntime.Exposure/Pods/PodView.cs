using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Pods;

/// <summary>The little of a pod that OssRuntime keeps: who owns it, where it runs, what runs in it, what it may pull with.</summary>
[JsonConverter(typeof(PodViewConverter))]
internal sealed record PodView : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "pods", "Pod", Namespaced: true);

    public required ObjectKey Key { get; init; }

    public required string Uid { get; init; }

    public required string ResourceVersion { get; init; }

    /// <summary>When it was made, in seconds since 1970; 0 where that is not known.</summary>
    public int CreatedSeconds { get; init; }

    /// <summary>The owner that manages the pod, or null for a pod that stands alone.</summary>
    public OwnerReference? Controller { get; init; }

    /// <summary>The node it is bound to; empty before that.</summary>
    public string Node { get; init; } = "";

    public string ServiceAccount { get; init; } = "default";

    public ImmutableArray<string> PullSecrets { get; init; } = [];

    /// <summary>True once every container has ended for good: nothing of it runs.</summary>
    public bool Finished { get; init; }

    public ImmutableArray<PodContainer> Containers { get; init; } = [];

    /// <summary>The images that it mounts as volumes (KEP-4639), as its spec names them. No status says which digests those are.</summary>
    public ImmutableArray<string> VolumeImages { get; init; } = [];

    public LabelSet Labels { get; init; } = LabelSet.Empty;

    /// <summary>Its address in the cluster; empty before it has one.</summary>
    public string Address { get; init; } = "";

    public bool HostNetwork { get; init; }

    /// <summary>The ports that its containers declare.</summary>
    public ImmutableArray<PodPort> Ports { get; init; } = [];

    /// <summary>What its template declares of exposure and impact.</summary>
    public OwnerAnnotations Declared { get; init; }

    /// <summary>What an attacker would gain by it, a line each (<see cref="PodPrivileges"/>).</summary>
    public ImmutableArray<string> Privileges { get; init; } = [];

    /// <summary>
    /// True where nothing that is kept differs but the version: what changed is something that nobody here looks at, such as readiness, which flips for
    /// as long as a pod lives.
    /// </summary>
    public bool IsSameButForVersion(PodView other) =>
        PullSecrets.SequenceEqual(other.PullSecrets)
        && Containers.SequenceEqual(other.Containers)
        && VolumeImages.SequenceEqual(other.VolumeImages)
        && Ports.SequenceEqual(other.Ports)
        && Privileges.SequenceEqual(other.Privileges)
        // Arrays are equal to themselves only, so that the rest is compared with the other's.
        && this with
        {
            ResourceVersion = other.ResourceVersion,
            PullSecrets = other.PullSecrets,
            Containers = other.Containers,
            VolumeImages = other.VolumeImages,
            Ports = other.Ports,
            Privileges = other.Privileges,
        } == other;
}

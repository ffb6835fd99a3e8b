using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Operator.Keys;

/// <summary>What an image may be pulled with: the secrets that a pod names, and those of its service account.</summary>
internal sealed record PullIdentity(string Namespace, string ServiceAccount, ImmutableArray<string> Secrets)
{
    /// <summary>The same namespace, and nothing to pull with: for what anybody may read.</summary>
    public PullIdentity WithoutSecrets => new(Namespace, "", []);

    public bool Equals(PullIdentity? other) =>
        other is not null && Namespace == other.Namespace && ServiceAccount == other.ServiceAccount && Secrets.AsSpan().SequenceEqual(other.Secrets.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Namespace, ServiceAccount, Secrets.Length);

    public static PullIdentity Of(PodView pod) => new(pod.Key.Namespace ?? "", pod.ServiceAccount, pod.PullSecrets);
}

using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Operator.Keys;

/// <summary>What an image may be pulled with: the secrets that a pod names, and those of its service account.</summary>
internal sealed record PullIdentity(string Namespace, string ServiceAccount, ImmutableArray<string> Secrets)
{
    public static PullIdentity Of(PodView pod) => new(pod.Key.Namespace ?? "", pod.ServiceAccount, pod.PullSecrets);
}

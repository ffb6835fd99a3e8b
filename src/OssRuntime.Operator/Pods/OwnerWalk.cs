using System.Collections.Concurrent;
using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Pods;

/// <summary>
/// Walks up the controllers of a pod, whatever their kinds: ReplicaSet → Deployment → anything. An owner is named by the reference to it; it is read only to learn
/// whether it has an owner itself. Whatever goes wrong ends the walk at the last owner that was named, and is said: references are written by tenants, and a kind whose
/// server is dead must cost its own pods no more than the top of their tower, and other pods nothing.
/// </summary>
internal sealed class OwnerWalk(OwnerReader reader)
{
    private const int HighestTower = 8;
    private const int MostRemembered = 50_000;

    // A controller's own controller does not change in its lifetime, but for adoption, which no built-in kind does to another's objects. What could not be read is not here.
    private readonly ConcurrentDictionary<(string Namespace, string Uid), OwnerReference?> _ownerOf = new();

    /// <summary>The owners of the pod, as far as they can be read now. It never throws, but when it is cancelled.</summary>
    public async Task<OwnerChain> WalkAsync(PodView pod, CancellationToken cancel)
    {
        var owners = ImmutableArray.CreateBuilder<OwnerReference>();
        var next = pod.Controller;
        while (next is { } owner && owners.Count < HighestTower)
        {
            owners.Add(owner);
            var (above, problem) = await OwnerOfAsync(pod.Key.Namespace ?? "", owner, cancel);
            if (problem is not null)
            {
                return new OwnerChain(owners.ToImmutable(), problem);
            }

            next = above;
        }

        return new OwnerChain(owners.ToImmutable());
    }

    private async Task<(OwnerReference? Owner, string? Problem)> OwnerOfAsync(string @namespace, OwnerReference reference, CancellationToken cancel)
    {
        if (_ownerOf.TryGetValue((@namespace, reference.Uid), out var known))
        {
            return (known, null);
        }

        var (owner, problem) = await reader.ReadAsync(@namespace, reference, cancel);
        if (problem is null)
        {
            if (_ownerOf.Count >= MostRemembered)
            {
                _ownerOf.Clear();
            }

            _ownerOf[(@namespace, reference.Uid)] = owner;
        }

        return (owner, problem);
    }
}

using System.Collections.Immutable;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// What is known of images in memory: which digest a name stands for, by what runs and by the inventories there are; which digests run; and the
/// verdict on each. All of it comes from the informers, so that it is the same on every replica and there right after a start.
/// </summary>
internal sealed class ImageKnowledge(PolicySet policies)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, (string Name, string Digest)[]> _pods = [];
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, int>> _digests = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectKey, ImageInventory> _inventories = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, ImageVerdict?>> _verdicts = new(StringComparer.Ordinal);

    public void Set(ObjectKey key, PodView? pod)
    {
        lock (_gate)
        {
            if (_pods.Remove(key, out var before))
            {
                Array.ForEach(before, entry => Count(entry.Name, entry.Digest, -1, runs: true));
            }

            if (pod is { Finished: false })
            {
                (string Name, string Digest)[] now =
                [
                    .. pod.Containers.Where(container => container.ImageId.Length > 0)
                        .SelectMany(container => ImageIdentity.References(container.Image, container.ImageId, out _)
                            .Take(1)
                            .Where(reference => reference.Digest is not null)
                            .Select(reference => (NameOf(container.Image), reference.Digest!.Value.Value))),
                ];
                _pods[key] = now;
                Array.ForEach(now, entry => Count(entry.Name, entry.Digest, 1, runs: true));
            }
        }
    }

    public void Set(ObjectKey key, ImageInventory? inventory)
    {
        lock (_gate)
        {
            if (_inventories.Remove(key, out var before))
            {
                Count(NameOf(before.Spec.Image ?? ""), before.Spec.Digest, -1, runs: false);
                if (_verdicts.TryGetValue(before.Spec.Digest, out var verdicts) && verdicts.Remove(key) && verdicts.Count == 0)
                {
                    _verdicts.Remove(before.Spec.Digest);
                }
            }

            if (inventory is not null)
            {
                _inventories[key] = inventory;
                Count(NameOf(inventory.Spec.Image ?? ""), inventory.Spec.Digest, 1, runs: false);
                Judge(key, inventory);
            }
        }
    }

    /// <summary>Computes all verdicts anew, because policies have changed.</summary>
    public void PoliciesChanged()
    {
        lock (_gate)
        {
            foreach (var (key, inventory) in _inventories)
            {
                Judge(key, inventory);
            }
        }
    }

    /// <summary>
    /// The digest that a name stands for, whether it runs, and the verdicts on it, one for each platform. A name that stood for several digests stands for
    /// the one that was inventoried last.
    /// </summary>
    public (string? Digest, bool Runs, ImmutableArray<ImageVerdict> Verdicts) Find(string image)
    {
        lock (_gate)
        {
            var digest = ImageReference.TryParse(image, out var reference, out _) && reference!.Digest is { } pinned
                ? pinned.Value
                : _digests.TryGetValue(NameOf(image), out var known)
                    ? known.Keys.OrderByDescending(candidate => VerdictsOn(candidate).Select(verdict => verdict.Created).DefaultIfEmpty().Max()).ThenBy(candidate => candidate, StringComparer.Ordinal).First()
                    : null;
            return digest is null ? (null, false, []) : (digest, _running.ContainsKey(digest), VerdictsOn(digest));
        }
    }

    private ImmutableArray<ImageVerdict> VerdictsOn(string digest) =>
        _verdicts.TryGetValue(digest, out var verdicts) ? [.. verdicts.Values.OfType<ImageVerdict>()] : [];

    private void Judge(ObjectKey key, ImageInventory inventory)
    {
        if (!_verdicts.TryGetValue(inventory.Spec.Digest, out var verdicts))
        {
            _verdicts[inventory.Spec.Digest] = verdicts = [];
        }

        verdicts[key] = ImageVerdict.Of(inventory, policies);
    }

    private void Count(string name, string digest, int change, bool runs)
    {
        if (runs)
        {
            Add(_running, digest, change);
        }

        if (!_digests.TryGetValue(name, out var digests))
        {
            _digests[name] = digests = new Dictionary<string, int>(StringComparer.Ordinal);
        }

        Add(digests, digest, change);
        if (digests.Count == 0)
        {
            _digests.Remove(name);
        }
    }

    private static void Add(Dictionary<string, int> counts, string key, int change)
    {
        var now = counts.GetValueOrDefault(key) + change;
        if (now > 0)
        {
            counts[key] = now;
        }
        else
        {
            counts.Remove(key);
        }
    }

    // nginx, nginx:latest and docker.io/library/nginx:latest are one.
    private static string NameOf(string image) => ImageReference.TryParse(image, out var reference, out _) ? reference!.ToString() : image;
}

using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// What is known of images in memory: which digest a name stands for, by what runs and by the inventories there are; which digests run; and the
/// verdict on each. All of it comes from the informers, so that it is the same on every replica and there right after a start.
/// </summary>
/// <param name="policies">The policies in force.</param>
/// <param name="unknown">Knows what a name was found to stand for that neither runs nor has an object.</param>
internal sealed class ImageKnowledge(PolicySet policies, IUnknownImages unknown)
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
        // Lines are read before the gate: nobody who asks waits for that.
        var rules = policies.Rules;
        var verdict = inventory is null ? null : ImageVerdict.Of(inventory, rules);
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
                // Policies that changed meanwhile have not passed by this verdict.
                VerdictsOf(inventory)[key] = ReferenceEquals(rules, policies.Rules) ? verdict : verdict?.Under(policies.Rules);
            }
        }
    }

    /// <summary>Computes all verdicts anew, because policies have changed: one after the other, so that nobody who asks waits for all of them.</summary>
    public void PoliciesChanged()
    {
        ObjectKey[] keys;
        lock (_gate)
        {
            keys = [.. _inventories.Keys];
        }

        var rules = policies.Rules;
        foreach (var key in keys)
        {
            if (VerdictOf(key) is { } before && before.Under(rules) is var now)
            {
                lock (_gate)
                {
                    // What came meanwhile was judged by these rules or later ones.
                    if (_inventories.TryGetValue(key, out var inventory) && ReferenceEquals(VerdictsOf(inventory).GetValueOrDefault(key), before))
                    {
                        VerdictsOf(inventory)[key] = now;
                    }
                }
            }
        }
    }

    private ImageVerdict? VerdictOf(ObjectKey key)
    {
        lock (_gate)
        {
            return _inventories.TryGetValue(key, out var inventory) ? VerdictsOf(inventory).GetValueOrDefault(key) : null;
        }
    }

    /// <summary>
    /// What is known of an image. A name that stood for several digests stands for the one that was inventoried last.
    /// </summary>
    public KnownImage Find(string image)
    {
        var isName = ImageReference.TryParse(image, out var reference, out _);
        var name = isName ? reference!.ToString() : image;
        lock (_gate)
        {
            var digest = isName && reference!.Digest is { } pinned ? pinned.Value : LatestOf(name) ?? unknown.DigestOf(name)?.Value;
            if (digest is null)
            {
                return KnownImage.Unknown;
            }

            var objects = _verdicts.GetValueOrDefault(digest);
            var runs = _running.ContainsKey(digest);
            ImmutableArray<ImageVerdict> verdicts = objects is null ? [] : [.. objects.Values.OfType<ImageVerdict>()];
            return new KnownImage(digest, runs, runs || objects is not null, verdicts.IsEmpty ? ProblemOf(objects) : null, verdicts);
        }
    }

    private string? LatestOf(string name) => _digests.TryGetValue(name, out var known)
        ? known.Count == 1
            ? known.Keys.First()
            : known.Keys
                .OrderByDescending(digest => _verdicts.GetValueOrDefault(digest)?.Values.OfType<ImageVerdict>().Select(verdict => verdict.Created).DefaultIfEmpty().Max())
                .ThenBy(digest => digest, StringComparer.Ordinal)
                .First()
        : null;

    private string? ProblemOf(Dictionary<ObjectKey, ImageVerdict?>? objects) => objects?.Keys
        .Select(key => _inventories[key].Status?.Conditions.FirstOrDefault(condition => condition is { Type: ConditionType.Inventoried, Status: "False" }))
        .OfType<Condition>()
        .Select(condition => $"{condition.Reason}: {condition.Message}")
        .FirstOrDefault();

    private Dictionary<ObjectKey, ImageVerdict?> VerdictsOf(ImageInventory inventory)
    {
        if (!_verdicts.TryGetValue(inventory.Spec.Digest, out var verdicts))
        {
            _verdicts[inventory.Spec.Digest] = verdicts = [];
        }

        return verdicts;
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

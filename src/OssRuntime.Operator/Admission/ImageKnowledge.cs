using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// What is known of images in memory: which digest a name stands for, by what runs in the same namespace, by what a registry said, and by what else there is an inventory of;
/// which workloads run which digests, and since when; and the verdict on each. All of it comes from the informers, so that it is the same on every replica and there right
/// after a start.
/// </summary>
/// <param name="policies">The policies in force.</param>
/// <param name="unknown">Knows what a name was found to stand for that neither runs nor has an object.</param>
/// <param name="keys">By which an inventory proves that it was asked for by its name.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageKnowledge(PolicySet policies, IUnknownImages unknown, SealKeys keys, TimeProvider time)
{
    private readonly Lock _gate = new();
    // Of inventories, which are of no namespace.
    private const string Asked = "\0asked";
    private const string Anywhere = "\0";

    private readonly Dictionary<ObjectKey, (string? Name, RunningPlace Place)[]> _pods = [];
    private readonly RunningSince _running = new(time);
    private readonly Dictionary<(string Namespace, string Name), Dictionary<string, int>> _digests = [];
    private readonly Dictionary<ObjectKey, ImageInventory> _inventories = [];
    private readonly Dictionary<ObjectKey, string> _placesOfInventories = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, ImageVerdict?>> _verdicts = new(StringComparer.Ordinal);

    public void Set(ObjectKey key, PodView? pod)
    {
        lock (_gate)
        {
            foreach (var (name, place) in _pods.Remove(key, out var before) ? before : [])
            {
                Count(place.Namespace, name, place.Digest, -1);
                _running.Remove(place);
            }

            if (pod is { Finished: false })
            {
                _pods[key] = [.. PairsOf(pod).Distinct()];
                foreach (var (name, place) in _pods[key])
                {
                    Count(place.Namespace, name, place.Digest, 1);
                    _running.Add(place, DateTimeOffset.FromUnixTimeSeconds(pod.CreatedSeconds));
                }
            }
        }
    }

    private static IEnumerable<(string? Name, RunningPlace Place)> PairsOf(PodView pod)
    {
        var (kind, name) = PodWorkload.Of(pod, pod.Key.Name);
        foreach (var container in pod.Containers.Where(container => container.ImageId.Length > 0))
        {
            if (ImageIdentity.References(container.Image, container.ImageId, out _) is [{ Digest: { } digest }, ..])
            {
                yield return (RunNameOf(container), new RunningPlace(pod.Key.Namespace ?? "", $"{kind}/{name}", digest.Value));
            }
        }
    }

    // What the status says that it runs, and not what the spec says that it shall: the two are of different moments where a container waits for another image.
    private static string? RunNameOf(PodContainer container) =>
        container.StatusImage.Length > 0 ? ImageReference.TryParse(container.StatusImage, out var read, out _) ? read!.ToString() : null
        : container.Waiting is null ? NameOf(container.Image)
        : null;

    public void Set(ObjectKey key, ImageInventory? inventory)
    {
        // Lines are read before the gate: nobody who asks waits for that.
        var rules = policies.Rules;
        var verdict = inventory is null ? null : ImageVerdict.Of(inventory, rules);
        lock (_gate)
        {
            if (_inventories.Remove(key, out var before))
            {
                Count(_placesOfInventories[key], NameOf(before.Spec.Image ?? ""), before.Spec.Digest, -1);
                if (_verdicts.TryGetValue(before.Spec.Digest, out var verdicts) && verdicts.Remove(key) && verdicts.Count == 0)
                {
                    _verdicts.Remove(before.Spec.Digest);
                }
            }

            if (inventory is not null)
            {
                _inventories[key] = inventory;
                // Keys may be others when it goes.
                _placesOfInventories[key] = PlaceOf(inventory);
                Count(_placesOfInventories[key], NameOf(inventory.Spec.Image ?? ""), inventory.Spec.Digest, 1);
                // Policies that changed meanwhile have not passed by this verdict.
                VerdictsOf(inventory)[key] = ReferenceEquals(rules, policies.Rules) ? verdict : verdict?.Under(policies.Rules);
            }
        }
    }

    /// <summary>Computes all verdicts anew, because policies have changed: one after the other, so that nobody who asks waits for all of them.</summary>
    public void PoliciesChanged()
    {
        ObjectKey[] known;
        lock (_gate)
        {
            known = [.. _inventories.Keys];
        }

        var rules = policies.Rules;
        foreach (var key in known)
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
    /// What is known of an image where a workload wants it. A name that stood for several digests in the namespace stands for the one that was inventoried last.
    /// </summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="workload"><c>Kind/name</c> of the workload.</param>
    /// <param name="image">The image as the pod writes it.</param>
    public KnownImage Find(string @namespace, string workload, string image)
    {
        var isName = ImageReference.TryParse(image, out var reference, out _);
        var name = isName ? reference!.ToString() : image;
        lock (_gate)
        {
            var digest = isName && reference!.Digest is { } pinned
                ? pinned.Value
                : LatestOf(@namespace, name) ?? unknown.DigestOf(name)?.Value ?? LatestOf(Asked, name);
            var isHearsay = digest is null;
            digest ??= LatestOf(Anywhere, name);
            if (digest is null)
            {
                return KnownImage.Unknown;
            }

            var objects = _verdicts.GetValueOrDefault(digest);
            ImmutableArray<ImageVerdict> verdicts = objects is null ? [] : [.. objects.Values.OfType<ImageVerdict>()];
            return new KnownImage(
                digest, _running.Of(new RunningPlace(@namespace, workload, digest)), _running.Runs(digest) || objects is not null, verdicts.IsEmpty ? ProblemOf(objects) : null, verdicts)
            {
                IsHearsay = isHearsay,
            };
        }
    }

    private string? LatestOf(string @namespace, string name) => _digests.TryGetValue((@namespace, name), out var known)
        ? known.Count == 1
            ? known.Keys.First()
            : known.Keys
                .OrderByDescending(digest => _verdicts.GetValueOrDefault(digest)?.Values.OfType<ImageVerdict>().Select(verdict => verdict.Created).DefaultIfEmpty().Max())
                .ThenBy(digest => digest, StringComparer.Ordinal)
                .First()
        : null;

    // A name that was asked for at admission was looked up in its registry; any other is what some pod somewhere was called.
    private string PlaceOf(ImageInventory inventory) => AskedFor.Of(inventory, keys) is null ? Anywhere : Asked;

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

    private void Count(string @namespace, string? name, string digest, int change)
    {
        if (name is null)
        {
            return;
        }

        if (!_digests.TryGetValue((@namespace, name), out var digests))
        {
            _digests[(@namespace, name)] = digests = new Dictionary<string, int>(StringComparer.Ordinal);
        }

        Add(digests, digest, change);
        if (digests.Count == 0)
        {
            _digests.Remove((@namespace, name));
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

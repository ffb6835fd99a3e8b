using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>
/// What runs: pods by workload and by image. A change answers with the workloads and images that it touches, those of before and those
/// of now, since a pod that goes over to a new image leaves the old one too.
/// </summary>
internal sealed class RunningPods
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, RunningPod> _pods = [];
    private readonly Dictionary<WorkloadKey, HashSet<ObjectKey>> _byWorkload = [];
    private readonly Dictionary<ImageKey, HashSet<ObjectKey>> _byImage = [];
    private readonly Dictionary<ObjectKey, HashSet<WorkloadKey>> _byReport = [];
    private readonly HashSet<ObjectKey> _inDoubt = [];
    private readonly Dictionary<string, ImageKey> _byResource = new(StringComparer.Ordinal);

    /// <summary>Every image that runs.</summary>
    public IReadOnlyList<ImageKey> Images
    {
        get
        {
            lock (_gate)
            {
                return [.. _byImage.Keys];
            }
        }
    }

    /// <summary>All pods that run.</summary>
    public IReadOnlyList<RunningPod> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _pods.Values];
            }
        }
    }

    /// <summary>Takes over a pod's present state.</summary>
    public Touched Set(RunningPod pod)
    {
        lock (_gate)
        {
            var before = Take(pod.Pod.Key);
            _pods[pod.Pod.Key] = pod;
            if (pod.InDoubtSince is not null)
            {
                _inDoubt.Add(pod.Pod.Key);
            }

            Join(_byWorkload, pod.Workload, pod.Pod.Key);
            Join(_byReport, ReportOf(pod.Workload), pod.Workload);
            foreach (var image in ImagesOf(pod))
            {
                Join(_byImage, image, pod.Pod.Key);
                _byResource[image.ResourceName] = image;
            }

            return pod.IsAlike(before) ? Touched.Nothing : Touched.Between(before, pod);
        }
    }

    /// <summary>Forgets a pod.</summary>
    public Touched Remove(ObjectKey key)
    {
        lock (_gate)
        {
            return Touched.Between(Take(key), null);
        }
    }

    /// <summary>True where the workload of some pod in the namespace is in doubt: it may be any of those that seem to be gone.</summary>
    public bool IsInDoubt(string @namespace)
    {
        lock (_gate)
        {
            return _inDoubt.Any(pod => pod.Namespace == @namespace);
        }
    }

    /// <summary>The workloads of a namespace whose report has this name: one, but for names that are made up.</summary>
    public IReadOnlyList<WorkloadKey> WorkloadsOf(ObjectKey report)
    {
        lock (_gate)
        {
            return [.. (_byReport.TryGetValue(report, out var workloads) ? workloads : [])];
        }
    }

    /// <summary>The image whose object has this name, where it runs.</summary>
    public ImageKey? ImageOf(string resourceName)
    {
        lock (_gate)
        {
            return _byResource.GetValueOrDefault(resourceName);
        }
    }

    /// <summary>All workloads of a namespace; null is every namespace.</summary>
    public IReadOnlyList<WorkloadKey> WorkloadsIn(string? @namespace)
    {
        lock (_gate)
        {
            return [.. _byWorkload.Keys.Where(workload => @namespace is null || workload.Namespace == @namespace)];
        }
    }

    /// <summary>The pod, or null where it does not run.</summary>
    public RunningPod? Find(ObjectKey pod)
    {
        lock (_gate)
        {
            return _pods.GetValueOrDefault(pod);
        }
    }

    /// <summary>The pods of a workload.</summary>
    public IReadOnlyList<RunningPod> Of(WorkloadKey workload) => Of(_byWorkload, workload);

    /// <summary>The pods that run an image.</summary>
    public IReadOnlyList<RunningPod> Of(ImageKey image) => Of(_byImage, image);

    /// <summary>The namespaces of the pods that run an image.</summary>
    public IReadOnlyCollection<string> NamespacesOf(ImageKey image)
    {
        lock (_gate)
        {
            return _byImage.TryGetValue(image, out var pods) ? pods.Select(pod => pod.Namespace!).ToHashSet(StringComparer.Ordinal) : [];
        }
    }

    /// <summary>The different images of a pod.</summary>
    public static IEnumerable<ImageKey> ImagesOf(RunningPod? pod) =>
        pod is null ? [] : pod.Containers.Select(container => container.Image).OfType<ImageKey>().Distinct();

    private List<RunningPod> Of<TKey>(Dictionary<TKey, HashSet<ObjectKey>> index, TKey key)
        where TKey : notnull
    {
        lock (_gate)
        {
            return index.TryGetValue(key, out var keys) ? [.. keys.Order().Select(pod => _pods[pod])] : [];
        }
    }

    private RunningPod? Take(ObjectKey key)
    {
        if (!_pods.Remove(key, out var pod))
        {
            return null;
        }

        _inDoubt.Remove(key);
        if (Leave(_byWorkload, pod.Workload, key))
        {
            Leave(_byReport, ReportOf(pod.Workload), pod.Workload);
        }

        foreach (var image in ImagesOf(pod))
        {
            if (Leave(_byImage, image, key))
            {
                _byResource.Remove(image.ResourceName);
            }
        }

        return pod;
    }

    private static ObjectKey ReportOf(WorkloadKey workload) => new(workload.Namespace, workload.ReportName);

    private static void Join<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var values))
        {
            index[key] = values = [];
        }

        values.Add(value);
    }

    // True where the key has no value any more.
    private static bool Leave<TKey, TValue>(Dictionary<TKey, HashSet<TValue>> index, TKey key, TValue value)
        where TKey : notnull =>
        index.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0 && index.Remove(key);
}

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
            Join(_byWorkload, pod.Workload, pod.Pod.Key);
            foreach (var image in ImagesOf(pod))
            {
                Join(_byImage, image, pod.Pod.Key);
            }

            return Touched.Between(before, pod);
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

        Leave(_byWorkload, pod.Workload, key);
        foreach (var image in ImagesOf(pod))
        {
            Leave(_byImage, image, key);
        }

        return pod;
    }

    private static void Join<TKey>(Dictionary<TKey, HashSet<ObjectKey>> index, TKey key, ObjectKey pod)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var pods))
        {
            index[key] = pods = [];
        }

        pods.Add(pod);
    }

    private static void Leave<TKey>(Dictionary<TKey, HashSet<ObjectKey>> index, TKey key, ObjectKey pod)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var pods) && pods.Remove(pod) && pods.Count == 0)
        {
            index.Remove(key);
        }
    }
}

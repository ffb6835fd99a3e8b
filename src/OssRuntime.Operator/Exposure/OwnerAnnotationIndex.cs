using System.Collections.Concurrent;
using System.Collections.Frozen;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Watching;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Exposure;

/// <summary>What owners declare of their workloads by annotations: on the pods' template, on the workload itself, on the namespace.</summary>
internal sealed class OwnerAnnotationIndex(InformerRegistry informers, Store<NamespaceView> namespaces, WorkQueue<ClusterEvent> events)
{
    private readonly ConcurrentDictionary<string, (ResourceKind Kind, Store<OwnerView> Store)> _owners = new(StringComparer.Ordinal);

    // What was last told of an object; most declare nothing and are not here.
    private readonly Dictionary<ClusterEvent, Declared> _told = [];

    /// <summary>Follows the kinds that may declare something, once the server has them.</summary>
    public void Follow(KindWatch kinds)
    {
        foreach (var (group, name) in OwnerView.Kinds)
        {
            kinds.Await(group, name, kind =>
            {
                var store = informers.Get(kind, ViewJson.Default.OwnerView, metadataOnly: true).Store;
                _owners[kind.Kind] = (kind, store);
                store.Feed(kind.Kind, events);
            });
        }
    }

    /// <summary>True where an object declares something else than when this was asked last, or has other labels: policies choose namespaces by them.</summary>
    public bool Refresh(ClusterEvent happened)
    {
        var now = happened.Kind == NamespaceView.Resource.Kind
            ? new Declared(OfNamespace(happened.Key.Name), LabelsOf(happened.Key.Name))
            : new Declared(OwnerAnnotations.Of(OwnerOf(happened.Kind, happened.Key)?.Metadata.Annotations), FrozenDictionary<string, string>.Empty);
        var before = _told.GetValueOrDefault(happened, Declared.Nothing);
        if (now.Equals(Declared.Nothing))
        {
            _told.Remove(happened);
        }
        else
        {
            _told[happened] = now;
        }

        return !now.Equals(before);
    }

    /// <summary>All declarations that concern a workload, the nearest to the pods first.</summary>
    public IReadOnlyList<(OwnerAnnotations Declared, string From)> Of(WorkloadKey key, IReadOnlyList<RunningPod> pods) =>
    [
        .. pods.Select(pod => (pod.Pod.Declared, "pod")),
        (OwnerAnnotations.Of(OwnerOf(key)?.Metadata.Annotations), "workload"),
        (OfNamespace(key.Namespace), "namespace"),
    ];

    /// <summary>What a namespace's owner declares.</summary>
    public OwnerAnnotations OfNamespace(string @namespace) => OwnerAnnotations.Of(namespaces.Get(new ObjectKey(null, @namespace))?.Metadata.Annotations);

    /// <summary>What is declared on a workload of which only kind and name are known.</summary>
    public OwnerAnnotations OfOwner(string @namespace, string kind, string name) =>
        OwnerAnnotations.Of(OwnerOf(kind, new ObjectKey(@namespace, name))?.Metadata.Annotations);

    /// <summary>A namespace's labels.</summary>
    public IReadOnlyDictionary<string, string> LabelsOf(string @namespace) =>
        namespaces.Get(new ObjectKey(null, @namespace))?.Metadata.Labels ?? (IReadOnlyDictionary<string, string>)FrozenDictionary<string, string>.Empty;

    // A kind of another group may have the same name: its objects are not in this store.
    private OwnerView? OwnerOf(WorkloadKey key) =>
        _owners.TryGetValue(key.Kind, out var owners) && owners.Kind.Group == key.Group ? owners.Store.Get(new ObjectKey(key.Namespace, key.Name)) : null;

    private OwnerView? OwnerOf(string kind, ObjectKey key) => _owners.TryGetValue(kind, out var owners) ? owners.Store.Get(key) : null;

    private readonly record struct Declared(OwnerAnnotations Annotations, IReadOnlyDictionary<string, string> Labels)
    {
        public static readonly Declared Nothing = new(default, FrozenDictionary<string, string>.Empty);

        public bool Equals(Declared other) =>
            Annotations == other.Annotations
            && Labels.Count == other.Labels.Count
            && Labels.All(pair => other.Labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

        public override int GetHashCode() => Annotations.GetHashCode();
    }
}

using System.Collections.Concurrent;
using System.Collections.Frozen;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Exposure;

/// <summary>What owners declare of their workloads: on the pods' template, on the workload itself, on the namespace.</summary>
internal sealed class OwnerAnnotationIndex(InformerRegistry informers, Action<WorkloadKey> workloadChanged, Action<string> namespaceChanged)
{
    private readonly Store<NamespaceView> _namespaces = informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store;
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), Store<OwnerView>> _owners = new();

    /// <summary>All declarations that concern a workload, the nearest to the pods first.</summary>
    public IReadOnlyList<(OwnerAnnotations Declared, string From)> Of(WorkloadKey key, IReadOnlyList<RunningPod> pods) =>
    [
        .. pods.Select(pod => (pod.Pod.Declared, "pod")),
        (OwnerAnnotations.Of(OwnerOf(key)?.Metadata.Annotations), "workload"),
        (OfNamespace(key.Namespace), "namespace"),
    ];

    /// <summary>What a namespace's owner declares.</summary>
    public OwnerAnnotations OfNamespace(string @namespace) => OwnerAnnotations.Of(_namespaces.Get(new ObjectKey(null, @namespace))?.Metadata.Annotations);

    /// <summary>What is declared on a workload of which only kind and name are known.</summary>
    public OwnerAnnotations OfOwner(string @namespace, string kind, string name) =>
        _owners.Where(entry => entry.Key.Kind == kind)
            .Select(entry => entry.Value.Get(new ObjectKey(@namespace, name)))
            .Where(owner => owner is not null)
            .Select(owner => OwnerAnnotations.Of(owner!.Metadata.Annotations))
            .FirstOrDefault();

    /// <summary>A namespace's labels.</summary>
    public IReadOnlyDictionary<string, string> LabelsOf(string @namespace) =>
        _namespaces.Get(new ObjectKey(null, @namespace))?.Metadata.Labels ?? (IReadOnlyDictionary<string, string>)FrozenDictionary<string, string>.Empty;

    /// <summary>Tells from now on of namespaces whose declarations change, or whose labels do: policies choose by them.</summary>
    public void FollowNamespaces() => _namespaces.Subscribe(change =>
    {
        if (OwnerAnnotations.Of(change.Old?.Metadata.Annotations) != OwnerAnnotations.Of(change.New?.Metadata.Annotations)
            || !Same(change.Old?.Metadata.Labels, change.New?.Metadata.Labels))
        {
            namespaceChanged(change.Key.Name);
        }
    });

    /// <summary>Reads the workloads of a kind, and tells of those whose declarations change.</summary>
    public void Follow(ResourceKind kind)
    {
        var store = informers.Get(kind, ViewJson.Default.OwnerView, metadataOnly: true).Store;
        _owners[(kind.ApiVersion, kind.Kind)] = store;
        store.Subscribe(change =>
        {
            if (OwnerAnnotations.Of(change.Old?.Metadata.Annotations) != OwnerAnnotations.Of(change.New?.Metadata.Annotations))
            {
                var uid = (change.New ?? change.Old)?.Metadata.Uid ?? "";
                workloadChanged(new WorkloadKey(change.Key.Namespace ?? "", kind.ApiVersion, kind.Kind, change.Key.Name, uid));
            }
        });
    }

    private static bool Same(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        (left?.Count ?? 0) == (right?.Count ?? 0) && (left is null || left.All(pair => right!.GetValueOrDefault(pair.Key) == pair.Value));

    private OwnerView? OwnerOf(WorkloadKey key) =>
        _owners.TryGetValue((key.ApiVersion, key.Kind), out var store) ? store.Get(new ObjectKey(key.Namespace, key.Name)) : null;
}

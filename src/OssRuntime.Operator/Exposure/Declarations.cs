using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Watching;
using OssRuntime.Operator.Exposure.Views;
using OssRuntime.Operator.Pods;
using OssRuntime.Operator.Workloads;

namespace OssRuntime.Operator.Exposure;

/// <summary>What owners declare of their workloads: on the pods' template, on the workload itself, on the namespace.</summary>
internal sealed class Declarations
{
    private readonly Store<NamespaceView> _namespaces;
    private readonly Dictionary<(string ApiVersion, string Kind), Store<OwnerView>> _owners;

    /// <summary>Asks for the informers it needs.</summary>
    public Declarations(InformerRegistry informers)
    {
        _namespaces = informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store;
        _owners = OwnerView.Resources.ToDictionary(
            kind => (kind.ApiVersion, kind.Kind), kind => informers.Get(kind, ViewJson.Default.OwnerView, metadataOnly: true).Store);
    }

    /// <summary>All declarations that concern a workload, the nearest to the pods first.</summary>
    public IReadOnlyList<(Declaration Declaration, string From)> Of(WorkloadKey key, IReadOnlyList<RunningPod> pods) =>
    [
        .. pods.Select(pod => (pod.Pod.Declared, "pod")),
        (Declaration.Of(OwnerOf(key)?.Metadata.Annotations), "workload"),
        (Declaration.Of(_namespaces.Get(new ObjectKey(null, key.Namespace))?.Metadata.Annotations), "namespace"),
    ];

    /// <summary>Tells of the workloads whose declarations change, and of the namespaces.</summary>
    public void Follow(Action<WorkloadKey> workload, Action<string> space)
    {
        _namespaces.Subscribe(change =>
        {
            if (Declaration.Of(change.Old?.Metadata.Annotations) != Declaration.Of(change.New?.Metadata.Annotations))
            {
                space(change.Key.Name);
            }
        });
        foreach (var ((apiVersion, kind), store) in _owners)
        {
            store.Subscribe(change =>
            {
                var seen = change.New ?? change.Old;
                if (Declaration.Of(change.Old?.Metadata.Annotations) != Declaration.Of(change.New?.Metadata.Annotations))
                {
                    workload(new WorkloadKey(change.Key.Namespace ?? "", apiVersion, kind, change.Key.Name, seen?.Metadata.Uid ?? ""));
                }
            });
        }
    }

    private OwnerView? OwnerOf(WorkloadKey key) =>
        _owners.TryGetValue((key.ApiVersion, key.Kind), out var store) ? store.Get(new ObjectKey(key.Namespace, key.Name)) : null;
}

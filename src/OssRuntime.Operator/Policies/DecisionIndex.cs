using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Watching;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Policies;

/// <summary>Policies and exceptions as the server has them, once it has their kinds, and their way into the sets of those in force.</summary>
internal sealed class DecisionIndex(
    InformerRegistry informers, KubernetesConnection connection, WriteBudget budget, PolicySet policies, ExceptionSet exceptions, WorkQueue<ClusterEvent> events) : IStoredExceptions, IDisposable
{
    private readonly List<IDisposable> _appliers = [];
    private readonly Dictionary<ClusterEvent, (string Uid, long? Generation, string? Mark)> _taken = [];

    /// <summary>The stored policies; null as long as the server does not have the kind.</summary>
    public DecisionStore<RiskPolicyResource>? Policies { get; private set; }

    public DecisionStore<RiskExceptionResource>? Exceptions { get; private set; }

    public DecisionStore<ClusterRiskExceptionResource>? ClusterExceptions { get; private set; }

    /// <summary>Every policy and exception there is.</summary>
    public IEnumerable<ClusterEvent> All =>
    [
        .. (Policies?.Store.Snapshot() ?? []).Select(policy => new ClusterEvent(RiskPolicyResource.Resource.Kind, policy.Key)),
        .. (Exceptions?.Store.Snapshot() ?? []).Select(own => new ClusterEvent(RiskExceptionResource.Resource.Kind, own.Key)),
        .. (ClusterExceptions?.Store.Snapshot() ?? []).Select(cluster => new ClusterEvent(ClusterRiskExceptionResource.Resource.Kind, cluster.Key)),
    ];

    /// <inheritdoc/>
    public (ObjectMeta Metadata, RiskExceptionSpec? Spec)? Find(ObjectKey key) =>
        key.Namespace is null
            ? ClusterExceptions?.Store.Get(key) is { } cluster ? (cluster.Metadata, cluster.Spec) : null
            : Exceptions?.Store.Get(key) is { } own ? (own.Metadata, own.Spec) : null;

    /// <summary>Names the kinds to be followed.</summary>
    public void Follow(KindWatch kinds)
    {
        kinds.Await(ResourceGroup.Name, RiskPolicyResource.Resource.Kind, _ => Policies = Open(RiskPolicyResource.Resource, ResourceJson.Default.RiskPolicyResource));
        kinds.Await(ResourceGroup.Name, RiskExceptionResource.Resource.Kind, _ => Exceptions = Open(RiskExceptionResource.Resource, ResourceJson.Default.RiskExceptionResource));
        kinds.Await(
            ResourceGroup.Name,
            ClusterRiskExceptionResource.Resource.Kind,
            _ => ClusterExceptions = Open(ClusterRiskExceptionResource.Resource, ResourceJson.Default.ClusterRiskExceptionResource));
    }

    /// <summary>Takes over a policy as it is stored now. True where what is in force has changed.</summary>
    public bool RefreshPolicy(ObjectKey key) => policies.Set(key.Name, Policies?.Store.Get(key));

    /// <summary>Takes over an exception as it is stored now. True where it says or proves something else than before.</summary>
    public bool RefreshException(ClusterEvent happened)
    {
        // Each store is asked once: what is taken over has to be of one state of the object.
        var own = happened.Key.Namespace is null ? null : Exceptions?.Store.Get(happened.Key);
        var cluster = happened.Key.Namespace is null ? ClusterExceptions?.Store.Get(happened.Key) : null;
        var (spec, metadata) = (own?.Spec ?? cluster?.Spec, own?.Metadata ?? cluster?.Metadata);
        var mark = metadata?.Annotation(ApprovalSeal.Annotation);
        exceptions.Set(metadata is null ? new ApprovalSubject(happened.Key) : ApprovalSubject.Of(metadata), spec, mark);
        var before = _taken.GetValueOrDefault(happened);
        (string, long?, string?) now = (metadata?.Uid ?? "", metadata?.Generation, mark);
        if (metadata is null)
        {
            return _taken.Remove(happened);
        }

        _taken[happened] = now;
        return before != now;
    }

    public void Dispose() => _appliers.ForEach(applier => applier.Dispose());

    private DecisionStore<T> Open<T>(ResourceKind kind, JsonTypeInfo<T> type)
        where T : class, IAppliedResource
    {
        var store = informers.Get(kind, type).Store;
        var applier = new Applier<T>(new ResourceClient<T>(connection, kind, type), store, budget);
        _appliers.Add(applier);
        store.Feed(kind.Kind, events);
        return new DecisionStore<T>(store, applier);
    }
}

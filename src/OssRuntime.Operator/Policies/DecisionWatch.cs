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

/// <summary>Follows policies and exceptions, once the server has their kinds, and calls for what they change to be decided anew.</summary>
internal sealed class DecisionWatch(
    InformerRegistry informers, KubernetesConnection connection, WriteBudget budget, PolicySet policies, ExceptionSet exceptions, OperatorQueues queues) : IDisposable
{
    private readonly List<IDisposable> _appliers = [];

    /// <summary>The stored policies; null as long as the server does not have the kind.</summary>
    public DecisionStore<RiskPolicyResource>? Policies { get; private set; }

    public DecisionStore<RiskExceptionResource>? Exceptions { get; private set; }

    public DecisionStore<ClusterRiskExceptionResource>? ClusterExceptions { get; private set; }

    /// <summary>Names the kinds to be followed; <paramref name="policiesChanged"/> and <paramref name="exceptionsChanged"/> are told of what came of it.</summary>
    public void Follow(KindWatch kinds, Action policiesChanged, Action<string?> exceptionsChanged)
    {
        kinds.Await(RiskPolicyResource.Resource.Group, RiskPolicyResource.Resource.Kind, _ =>
        {
            Policies = Open(RiskPolicyResource.Resource, ResourceJson.Default.RiskPolicyResource);
            Policies.Store.Subscribe(change =>
            {
                if (policies.Set(change.Key.Name, change.New))
                {
                    policiesChanged();
                }

                queues.Decisions.Add(new DecisionKey(RiskPolicyResource.Resource.Kind, change.Key));
            });
        });
        kinds.Await(RiskExceptionResource.Resource.Group, RiskExceptionResource.Resource.Kind, _ =>
        {
            Exceptions = Open(RiskExceptionResource.Resource, ResourceJson.Default.RiskExceptionResource);
            Exceptions.Store.Subscribe(change => Changed(RiskExceptionResource.Resource, change.Key, change.New?.Spec, change.Old?.Metadata, change.New?.Metadata));
        });
        kinds.Await(ClusterRiskExceptionResource.Resource.Group, ClusterRiskExceptionResource.Resource.Kind, _ =>
        {
            ClusterExceptions = Open(ClusterRiskExceptionResource.Resource, ResourceJson.Default.ClusterRiskExceptionResource);
            ClusterExceptions.Store.Subscribe(change => Changed(ClusterRiskExceptionResource.Resource, change.Key, change.New?.Spec, change.Old?.Metadata, change.New?.Metadata));
        });

        void Changed(ResourceKind kind, ObjectKey key, RiskExceptionSpec? spec, ObjectMeta? old, ObjectMeta? now)
        {
            Take(kind, key, spec, now);
            if (old?.Generation != now?.Generation || old?.Annotation(ApprovalSeal.Annotation) != now?.Annotation(ApprovalSeal.Annotation))
            {
                exceptionsChanged(key.Namespace);
            }
        }
    }

    /// <summary>The keys of seals are others: who is vouched for may be others too.</summary>
    public void KeysChanged()
    {
        foreach (var own in Exceptions?.Store.Snapshot() ?? [])
        {
            Take(RiskExceptionResource.Resource, own.Key, own.Spec, own.Metadata);
        }

        foreach (var cluster in ClusterExceptions?.Store.Snapshot() ?? [])
        {
            Take(ClusterRiskExceptionResource.Resource, cluster.Key, cluster.Spec, cluster.Metadata);
        }

        foreach (var policy in Policies?.Store.Snapshot() ?? [])
        {
            queues.Decisions.Add(new DecisionKey(RiskPolicyResource.Resource.Kind, policy.Key));
        }
    }

    public void Dispose() => _appliers.ForEach(applier => applier.Dispose());

    private void Take(ResourceKind kind, ObjectKey key, RiskExceptionSpec? spec, ObjectMeta? now)
    {
        exceptions.Set(key, spec, now?.Annotation(ApprovalSeal.Annotation));
        queues.Decisions.Add(new DecisionKey(kind.Kind, key));
    }

    private DecisionStore<T> Open<T>(ResourceKind kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class, IAppliedResource
    {
        var store = informers.Get(kind, type).Store;
        var applier = new Applier<T>(new ResourceClient<T>(connection, kind, type), store, budget);
        _appliers.Add(applier);
        return new DecisionStore<T>(store, applier);
    }
}

using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Watching;

namespace OssRuntime.Operator.Hosting;

/// <summary>
/// Which event asks for which work. Handlers of stores do nothing but put an event into a queue; here one worker takes one event after the other: first it is put into
/// what is known, in the order in which it stands below, then work is asked for.
/// <code>
///   what happened                what is known then                     what is worked on then
///   Pod                          exposure graph, names at admission     the pod (told by its store), exposure
///   Node                         exposure graph                         the pods on it, exposure
///   Namespace                    exposure graph, annotations, labels    its workloads where those changed, exposure
///   Service, route, policy …     exposure graph                         exposure
///   Deployment, CronJob …        annotations                            the workload where those changed
///   ImageInventory               verified inventories, admission        its image: asked for, changed by others, or gone while it runs
///   WorkloadReport               -                                      its workload
///   RiskPolicy                   policies in force, admission           its status; all images where the policy changed
///   RiskException                exceptions                             its status; where it changed all images and the workloads it is for
///   exception ended              -                                      the workloads that it was for
///   seal keys changed            verified inventories, exceptions       all images, all workloads, all statuses
///   database, VEX adopted        -                                      all images
///   start completed              -                                      every report and image of before: those of nobody are taken away
/// </code>
/// </summary>
internal sealed class Triggers : IReconciler<ClusterEvent>
{
    // Between an object and its status: ours look changed for a moment too.
    private static readonly TimeSpan WrittenByThen = TimeSpan.FromSeconds(2);

    private readonly OperatorBuilder _house;
    private readonly ClusterAccess _cluster;
    private readonly RunningPods _running;
    private readonly OperatorQueues _queues;
    private readonly Dictionary<string, Action<ClusterEvent>> _table;

    public Triggers(OperatorBuilder house)
    {
        (_house, _cluster, _running, _queues) = (house, house.Cluster, house.State.Running, house.State.Queues);
        _table = new Dictionary<string, Action<ClusterEvent>>(StringComparer.Ordinal)
        {
            [PodView.Resource.Kind] = OnPod,
            [NodeView.Resource.Kind] = OnNode,
            [NamespaceView.Resource.Kind] = OnNamespace,
            [ImageInventory.Resource.Kind] = OnImageInventory,
            [WorkloadReport.Resource.Kind] = OnWorkloadReport,
            [RiskPolicyResource.Resource.Kind] = OnPolicy,
            [RiskExceptionResource.Resource.Kind] = OnException,
            [ClusterRiskExceptionResource.Resource.Kind] = OnException,
            [ClusterEvent.ExceptionEndedKind] = happened => QueueWorkloads(happened.Key.Namespace),
            [ClusterEvent.SealKeysChanged.Kind] = _ => OnSealKeys(),
            [ClusterEvent.DatabaseAdopted.Kind] = _ => QueueImages(),
            [ClusterEvent.VexAdopted.Kind] = _ => QueueImages(),
            [ClusterEvent.StartCompleted.Kind] = _ => OnStartCompleted(),
        };
        foreach (var (_, kind) in OwnerView.Kinds)
        {
            _table[kind] = OnOwner;
        }
    }

    /// <summary>Has the stores tell of what happens in them from now on.</summary>
    public void Follow()
    {
        var events = _queues.Events;
        _cluster.Pods.Feed(_queues.Pods);
        _cluster.Images.Feed(ImageInventory.Resource.Kind, events);
        _cluster.Reports.Feed(WorkloadReport.Resource.Kind, events);
        // Pods, nodes and namespaces among them.
        _house.ExposureIndex.Follow(_cluster.Kinds);
        _house.Annotations.Follow(_cluster.Kinds);
        _house.Decisions.Follow(_cluster.Kinds);
    }

    /// <summary>The one worker that takes event after event: what is known is brought up to date in their order, and without locks.</summary>
    public IController Worker() => new Controller<ClusterEvent>("event", _queues.Events, this, _house.Environment, new ControllerOptions { Workers = 1 });

    /// <inheritdoc/>
    public Task<Result> ReconcileAsync(ClusterEvent key, CancellationToken cancel)
    {
        if (_table.TryGetValue(key.Kind, out var act))
        {
            act(key);
        }
        else
        {
            Graph(key);
        }

        return Task.FromResult(Result.Done);
    }

    private void OnPod(ClusterEvent pod)
    {
        Graph(pod);
        Tell(pod);
    }

    // A pod may be seen before its node has said its platform.
    private void OnNode(ClusterEvent node)
    {
        Graph(node);
        foreach (var pod in _cluster.Pods.Snapshot().Where(pod => pod.Node == node.Key.Name))
        {
            _queues.Pods.Add(pod.Key, Lane.Low);
        }
    }

    private void OnNamespace(ClusterEvent @namespace)
    {
        Graph(@namespace);
        if (_house.Annotations.Refresh(@namespace))
        {
            QueueWorkloads(@namespace.Key.Name);
        }
    }

    private void OnOwner(ClusterEvent owner)
    {
        if (!_house.Annotations.Refresh(owner))
        {
            return;
        }

        foreach (var workload in _running.WorkloadsIn(owner.Key.Namespace).Where(workload => workload.Kind == owner.Kind && workload.Name == owner.Key.Name))
        {
            _queues.Workloads.Add(workload, Lane.Low);
        }
    }

    private void OnImageInventory(ClusterEvent image)
    {
        _house.Seals.Inventories.Refresh(image.Key);
        Tell(image);
        if (_cluster.Images.Get(image.Key) is not { } now)
        {
            if (_running.ImageOf(image.Key.Name) is { } runs)
            {
                _queues.Findings.Add(runs);
            }
        }
        else if (now.ImageKey is { } key)
        {
            AskFor(key, _house.Seals.Inventories.Find(image.Key));
            if (IsChanged(now))
            {
                _queues.Findings.AddAfter(key, WrittenByThen, Lane.Low);
            }
        }
    }

    // An image that was asked for at admission is read first in line: somebody waits for it.
    private void AskFor(ImageKey key, ImageInventory? verified)
    {
        if (verified is { Report: null } && AskedFor.Of(verified, _house.Seals.Keys) is { } asked)
        {
            _house.State.ImageGroups.Asked(key, asked.Pull.Namespace);
            _queues.Inventories.Add(key, Lane.High);
        }
    }

    // Replicas answer at admission from what the objects say.
    private bool IsChanged(ImageInventory now)
    {
        var seal = _house.Seals.Reports;
        return now.Drifted || !seal.Holds(now) || (now.Status is not null && seal.StatusOf(now) is null);
    }

    private void OnWorkloadReport(ClusterEvent report)
    {
        foreach (var workload in _running.WorkloadsOf(report.Key).Append(_cluster.Reports.Get(report.Key)?.WorkloadKey).OfType<WorkloadKey>())
        {
            _queues.Workloads.Add(workload, Lane.Low);
        }
    }

    private void OnPolicy(ClusterEvent policy)
    {
        if (_house.Decisions.RefreshPolicy(policy.Key))
        {
            Tell(policy);
            QueueImages();
        }

        _queues.Decisions.Add(new DecisionKey(policy.Kind, policy.Key));
    }

    // Which findings of an image anybody speaks of may be others now.
    private void OnException(ClusterEvent exception)
    {
        if (_house.Decisions.RefreshException(exception))
        {
            QueueImages();
            QueueWorkloads(exception.Key.Namespace);
        }

        _queues.Decisions.Add(new DecisionKey(exception.Kind, exception.Key));
    }

    private void OnSealKeys()
    {
        foreach (var key in _house.Seals.Inventories.RefreshAll())
        {
            Tell(new ClusterEvent(ImageInventory.Resource.Kind, key));
        }

        foreach (var decision in _house.Decisions.All)
        {
            if (decision.Kind != RiskPolicyResource.Resource.Kind)
            {
                _house.Decisions.RefreshException(decision);
            }

            _queues.Decisions.Add(new DecisionKey(decision.Kind, decision.Key));
        }

        QueueImages();
        QueueWorkloads(null);
    }

    private void OnStartCompleted()
    {
        foreach (var workload in _cluster.Reports.Snapshot().Select(report => report.WorkloadKey).OfType<WorkloadKey>())
        {
            _queues.Workloads.Add(workload, Lane.Low);
        }

        QueueImages();
    }

    private void Graph(ClusterEvent happened)
    {
        if (_house.ExposureIndex.Refresh(happened))
        {
            _queues.Exposures.Add(ExposureReconciler.Everything, Lane.Low);
        }
    }

    private void Tell(ClusterEvent happened)
    {
        foreach (var follower in _house.Followers)
        {
            follower.Follow(happened);
        }
    }

    // Every image that runs, or that may be wanted at admission any time. None of it asks a registry.
    private void QueueImages()
    {
        foreach (var image in _running.Images.Concat(_cluster.Images.Snapshot().Select(image => image.ImageKey).OfType<ImageKey>()))
        {
            _queues.Findings.Add(image, Lane.Low);
        }
    }

    private void QueueWorkloads(string? @namespace)
    {
        foreach (var workload in _running.WorkloadsIn(@namespace))
        {
            _queues.Workloads.Add(workload, Lane.Low);
        }
    }
}

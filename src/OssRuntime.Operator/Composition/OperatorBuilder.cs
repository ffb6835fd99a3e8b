using OssRuntime.Exposure.Graph;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Health;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Composition;

/// <summary>
/// What all features share, made in the order in which one needs the other, and the list of what they add: controllers, followers of events, webhooks.
/// </summary>
internal sealed class OperatorBuilder : IDisposable
{
    private readonly List<IController> _onLeader = [];
    private readonly List<IController> _everywhere = [];
    private readonly List<IEventFollower> _followers = [];
    private readonly List<IDisposable> _owned = [];
    private readonly TaskCompletionSource _indexed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperatorBuilder(OperatorOptions options, KubernetesConnection connection)
    {
        Options = options;
        Environment = connection.Environment;
        var keys = new SealKeys();
        Approvals = options.AdmissionListen is null ? null : new ApprovalSeal(keys);
        State = new OperatorState(Environment, keys, (IApprovals?)Approvals ?? new NoApprovals(), options.ImageWorkers);
        Metrics = new OperatorMetrics(State.Running, State.Facts, State.Backlog, Environment, options.FindingSeries);
        Cluster = new ClusterAccess(connection);
        var seal = new ReportSeal(keys, Environment.Time);
        Seals = new Seals(keys, seal, new VerifiedInventories(Cluster.Images, seal, Environment.Loggers));
        KeyKeeper = new SealKeyKeeper(connection, new ObjectKey(options.Namespace, options.ApprovalSecret), keys, State.Queues.Events, Environment);
        Sources = new ImageSources(options, Metrics.Inventories, Environment);
        Knowledge = new AdvisoryKnowledge(options, Sources.Options.Sboms.Trust, Sources.Registries, Metrics.Database, State.Queues.Events, Environment);
        ExposureIndex = new ExposureIndex(Cluster.Informers, Graph, State.Queues.Events);
        Annotations = new OwnerAnnotationIndex(Cluster.Informers, Cluster.Namespaces, State.Queues.Events);
        Contexts = new WorkloadContexts(Graph, Annotations);
        Decisions = new DecisionIndex(Cluster.Informers, connection, Cluster.Writes, State.Policies, State.Exceptions, State.Queues.Events);
        Violations = new Violations(State.Policies, State.Exceptions, Annotations);
    }

    public OperatorOptions Options { get; }

    /// <summary>Whether the process makes progress.</summary>
    public Liveness Liveness { get; } = new();

    public ControllerEnvironment Environment { get; }

    public ClusterAccess Cluster { get; }

    public OperatorState State { get; }

    public OperatorMetrics Metrics { get; }

    public Seals Seals { get; }

    public SealKeyKeeper KeyKeeper { get; }

    /// <summary>Seals approvals; null where no webhooks are served.</summary>
    public ApprovalSeal? Approvals { get; }

    public ImageSources Sources { get; }

    public AdvisoryKnowledge Knowledge { get; }

    /// <summary>How far pods can be reached.</summary>
    public ExposureGraph Graph { get; } = new(seesWholeCluster: true);

    public ExposureIndex ExposureIndex { get; }

    public OwnerAnnotationIndex Annotations { get; }

    public WorkloadContexts Contexts { get; }

    public DecisionIndex Decisions { get; }

    public Violations Violations { get; }

    /// <summary>What is served over TLS; null for nothing.</summary>
    public IWebhookServing? Webhooks { get; set; }

    /// <summary>What runs on the leader.</summary>
    public IReadOnlyList<IController> LeaderControllers => _onLeader;

    /// <summary>What runs on every replica.</summary>
    public IReadOnlyList<IController> EverywhereControllers => _everywhere;

    /// <summary>Who keeps state of their own, in the order of their turns.</summary>
    public IReadOnlyList<IEventFollower> Followers => _followers;

    /// <summary>Completes once everything that the first lists brought is in what is known.</summary>
    public Task Indexed => _indexed.Task;

    /// <summary>Adds a controller that works on the leader. It begins once what is known is complete: whoever judges by half of it writes the other half away.</summary>
    public void OnLeader(IController controller) => _onLeader.Add(new GatedController(controller, Indexed));

    /// <summary>Adds a controller that works on every replica, because it writes nothing.</summary>
    public void Everywhere(IController controller) => _everywhere.Add(controller);

    /// <summary>Adds state that follows events.</summary>
    public void Follow(IEventFollower follower) => _followers.Add(follower);

    /// <summary>Has something of a feature disposed of at the end.</summary>
    public void Own(IDisposable owned) => _owned.Add(owned);

    /// <summary>Says that everything that the first lists brought is in what is known.</summary>
    public void SayIndexed() => _indexed.TrySetResult();

    public void Dispose()
    {
        _owned.ForEach(owned => owned.Dispose());
        Decisions.Dispose();
        Knowledge.Dispose();
        Sources.Dispose();
        Cluster.Dispose();
        Metrics.Dispose();
        State.Dispose();
    }
}

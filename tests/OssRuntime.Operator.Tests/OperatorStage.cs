using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Inventory;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests;

/// <summary>
/// The operator as its installers make it, on a scripted API server, with a folder of its own and a clock that a test moves. Nothing happens by itself: a test says when
/// the process sees what is on the server, and when its reconcilers work.
/// <code>
///   Server.Create, Change, Delete ─► SeeAsync: stores, then events ─► WorkAsync: one key after another, until nothing is due
/// </code>
/// </summary>
internal sealed class OperatorStage : IAsyncDisposable
{
    private static readonly FakeKind[] Kinds =
    [
        new("", "v1", "pods", "Pod", true), new("", "v1", "nodes", "Node", false),
        new("", "v1", "services", "Service", true), new("", "v1", "secrets", "Secret", true), new("", "v1", "serviceaccounts", "ServiceAccount", true),
        new("", "v1", "configmaps", "ConfigMap", true), new("coordination.k8s.io", "v1", "leases", "Lease", true), new("events.k8s.io", "v1", "events", "Event", true),
        new("admissionregistration.k8s.io", "v1", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", false),
        new("admissionregistration.k8s.io", "v1", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", false),
        new("networking.k8s.io", "v1", "ingresses", "Ingress", true),
        new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true), new("apps", "v1", "replicasets", "ReplicaSet", true),
        new("apps", "v1", "deployments", "Deployment", true), new("batch", "v1", "jobs", "Job", true), new("example.com", "v1", "platforms", "Platform", true),
        Ours("imageinventories", "ImageInventory", false), Ours("workloadreports", "WorkloadReport", true), Ours("riskpolicies", "RiskPolicy", false),
        Ours("riskexceptions", "RiskException", true), Ours("clusterriskexceptions", "ClusterRiskException", false),
        // Last: the paths of the others in a namespace begin with its own.
        new("", "v1", "namespaces", "Namespace", false),
    ];

    private readonly TemporaryDirectory _folder = new();
    private readonly OperatorOptions _options;
    private readonly KubernetesConnection _connection;
    private readonly List<Func<CancellationToken, Task>> _looks = [];

    private OperatorStage(FakeApiServer server, StepClock clock, OperatorOptions options)
    {
        (Server, Clock) = (server, clock);
        _options = options with { StateFolder = _folder.Path };
        _connection = KubernetesConnection.To(server.Address, new ControllerEnvironment { Time = clock, Random = new Random(1) });
    }

    public FakeApiServer Server { get; }

    public StepClock Clock { get; }

    /// <summary>The process as it is now; another after a restart.</summary>
    public OperatorBuilder House { get; private set; } = null!;

    public Triggers Triggers { get; private set; } = null!;

    /// <summary>The operator's folder: what it keeps over restarts.</summary>
    public string StateFolder => _folder.Path;

    /// <summary>What reconcilers threw; each was put back into its queue, as controllers do.</summary>
    public List<Exception> Failures { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A server with the kinds that the operator knows and a process that has just begun and has seen nothing.</summary>
    public static async Task<OperatorStage> StartAsync(OperatorOptions? options = null, bool seals = true, StepClock? clock = null)
    {
        clock ??= new StepClock();
        var stage = new OperatorStage(await FakeApiServer.StartAsync(clock, Kinds), clock, options ?? new OperatorOptions());
        await stage.BeginAsync(seals);
        return stage;
    }

    /// <summary>Ends the process, and begins another that has seen nothing.</summary>
    public async Task RestartAsync(bool seals = true)
    {
        House.Dispose();
        await BeginAsync(seals);
    }

    /// <summary>As a process starts: what the first lists bring is put into what is known, and the pods of the start are counted.</summary>
    public async Task OpenAsync()
    {
        await SeeAsync();
        House.SayIndexed();
        House.State.Backlog.Open(House.Cluster.Pods.Snapshot().Select(pod => pod.Key));
    }

    /// <summary>Takes everything that is on the server into the stores, and lets each event have its turn.</summary>
    public async Task SeeAsync()
    {
        foreach (var look in _looks)
        {
            await look(Cancel);
        }

        var events = House.State.Queues.Events;
        while (events.Depth > 0 && await events.TakeAsync(Cancel) is { } happened)
        {
            await Triggers.ReconcileAsync(happened.Key, Cancel);
            events.Done(happened.Key);
        }
    }

    /// <summary>Sees, and works on what is due until nothing is. What waits for a later time waits for the clock to be moved.</summary>
    public async Task WorkAsync()
    {
        await SeeAsync();
        var queues = House.State.Queues;
        while (await WorkOneAsync("pod", queues.Pods)
            || await WorkOneAsync("inventory", queues.Inventories)
            || await WorkOneAsync("findings", queues.Findings)
            || await WorkOneAsync("exposure", queues.Exposures)
            || await WorkOneAsync("workload", queues.Workloads)
            || await WorkOneAsync("decision", queues.Decisions))
        {
            await SeeAsync();
        }
    }

    /// <summary>Has a reconciler work on a key once, whether or not it is due, and sees what came of it.</summary>
    public async Task<Result> ReconcileAsync<TKey>(string controller, TKey key)
        where TKey : notnull
    {
        var result = await ReconcilerOf<TKey>(controller).ReconcileAsync(key, Cancel);
        await SeeAsync();
        return result;
    }

    /// <summary>The reconciler of a controller, as it was installed.</summary>
    public IReconciler<TKey> ReconcilerOf<TKey>(string controller)
        where TKey : notnull =>
        House.LeaderControllers.OfType<GatedController>().Select(gated => gated.Controller).Concat(House.EverywhereControllers)
            .OfType<Controller<TKey>>().Single(known => known.Name == controller).Reconciler;

    /// <summary>Takes every key that is due out of a queue, with its lane.</summary>
    public static async Task<List<(TKey Key, Lane Lane)>> TakeAsync<TKey>(WorkQueue<TKey> queue)
        where TKey : notnull
    {
        var taken = new List<(TKey, Lane)>();
        while (queue.Depth > 0 && await queue.TakeAsync(Cancel) is { } item)
        {
            taken.Add((item.Key, item.Lane));
            queue.Done(item.Key);
        }

        return taken;
    }

    /// <summary>Takes every key that is due out of all queues but that of events.</summary>
    public async Task EmptyAsync()
    {
        var queues = House.State.Queues;
        await TakeAsync(queues.Pods);
        await TakeAsync(queues.Inventories);
        await TakeAsync(queues.Findings);
        await TakeAsync(queues.Workloads);
        await TakeAsync(queues.Exposures);
        await TakeAsync(queues.Decisions);
    }

    /// <summary>Puts an inventory into the store, as if the image had been read.</summary>
    public void Keep(ImageKey key, params IEnumerable<Component> components) => House.Sources.Store.PutInventory(
        key.Digest, key.Platform, new ImageIndexer(House.Sources.Options, House.Sources.Store, Clock).CatalogVersion, Samples.Inventory([.. components]), []);

    /// <summary>Puts a node on the server whose kubelet has said its platform.</summary>
    public void AddNode() => Server.Create("nodes", new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "node-a" },
        ["status"] = new JsonObject { ["nodeInfo"] = new JsonObject { ["operatingSystem"] = "linux", ["architecture"] = "amd64" } },
    });

    /// <summary>Puts a pod of namespace shop on the server that runs one image on that node.</summary>
    public ObjectKey AddPod(string name, OwnerReference? owner = null, string image = "registry.example/web:1", string? digest = null)
    {
        Server.Create("pods", new JsonObject
        {
            ["metadata"] = MetadataOf(name, owner),
            ["spec"] = new JsonObject { ["nodeName"] = "node-a", ["containers"] = new JsonArray(new JsonObject { ["name"] = "c", ["image"] = image }) },
            ["status"] = new JsonObject
            {
                ["phase"] = "Running",
                ["containerStatuses"] = new JsonArray(new JsonObject { ["name"] = "c", ["imageID"] = $"{image[..image.LastIndexOf(':')]}@{digest ?? Samples.Digest('a').Value}" }),
            },
        });
        return new ObjectKey("shop", name);
    }

    /// <summary>Puts an object of namespace shop on the server, and returns how another names it as its controller.</summary>
    public OwnerReference AddOwner(string plural, string kind, string name, OwnerReference? owner = null)
    {
        var made = Server.Create(plural, new JsonObject { ["metadata"] = MetadataOf(name, owner) });
        return new OwnerReference { ApiVersion = Kinds.Single(known => known.Plural == plural).ApiVersion, Kind = kind, Name = name, Uid = (string)made["metadata"]!["uid"]!, Controller = true };
    }

    /// <summary>A Deployment and its ReplicaSet, as a pod names it.</summary>
    public OwnerReference AddDeployment(string name = "web", OwnerReference? owner = null) =>
        AddOwner("replicasets", "ReplicaSet", name + "-1", AddOwner("deployments", "Deployment", name, owner));

    /// <summary>Puts an object of ours on the server, as if somebody else had.</summary>
    public JsonObject Create<T>(string plural, T content, JsonTypeInfo<T> type) => Server.Create(plural, JsonSerializer.SerializeToNode(content, type)!.AsObject());

    /// <summary>An object that is not on the server yet, with the seal that the operator puts on it.</summary>
    public ImageInventory Sealed(ImageInventory image) => image with
    {
        Metadata = image.Metadata with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ReportSeal.Annotation] = House.Seals.Reports.Next(image.Key, image, null)! },
        },
    };

    /// <summary>An object as it is stored; null where there is none.</summary>
    public JsonObject? Find(string plural, string? @namespace, string name)
    {
        try
        {
            return Server.Get(plural, @namespace, name);
        }
        catch (FakeStatusException)
        {
            return null;
        }
    }

    /// <summary>All that a scrape would show.</summary>
    public async Task<string> MetricsAsync()
    {
        using var output = new MemoryStream();
        await House.Metrics.ExportAsync(output, Cancel);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        House.Dispose();
        _connection.Dispose();
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    private static FakeKind Ours(string plural, string kind, bool namespaced) => new(ResourceGroup.Name, ResourceGroup.Version, plural, kind, namespaced) { HasStatus = true };

    private static JsonObject MetadataOf(string name, OwnerReference? owner)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = "shop" };
        if (owner is not null)
        {
            metadata["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = owner.ApiVersion,
                ["kind"] = owner.Kind,
                ["name"] = owner.Name,
                ["uid"] = owner.Uid,
                ["controller"] = true,
            });
        }

        return metadata;
    }

    private async Task BeginAsync(bool seals)
    {
        House = new OperatorBuilder(_options, _connection);
        foreach (var feature in OperatorFeatures.All)
        {
            feature.Install(House);
        }

        if (seals)
        {
            House.Seals.Keys.Set(Enumerable.Repeat((byte)3, 32).ToArray());
        }

        Triggers = new Triggers(House);
        Triggers.Follow();
        await House.Cluster.Kinds.StartAsync(Cancel);
        House.Knowledge.Look();
        _looks.Clear();
        Mirror(PodView.Resource, PodJson.Default.PodView);
        Mirror(NodeView.Resource, PodJson.Default.NodeView);
        Mirror(NamespaceView.Resource, ViewJson.Default.NamespaceView);
        Mirror(ServiceView.Resource, ViewJson.Default.ServiceView);
        Mirror(new ResourceKind("apps", "v1", "deployments", "Deployment", Namespaced: true), ViewJson.Default.OwnerView, metadataOnly: true);
        Mirror(ImageInventory.Resource, ResourceJson.Default.ImageInventory);
        Mirror(WorkloadReport.Resource, ResourceJson.Default.WorkloadReport);
        Mirror(RiskPolicyResource.Resource, ResourceJson.Default.RiskPolicyResource);
        Mirror(RiskExceptionResource.Resource, ResourceJson.Default.RiskExceptionResource);
        Mirror(ClusterRiskExceptionResource.Resource, ResourceJson.Default.ClusterRiskExceptionResource);
    }

    // As a list after a watch that broke: the store tells what has changed since.
    private void Mirror<T>(ResourceKind kind, JsonTypeInfo<T> type, bool metadataOnly = false)
        where T : class, IResource
    {
        var store = House.Cluster.Informers.Get(kind, type, metadataOnly: metadataOnly).Store;
        var client = new ResourceClient<T>(_connection, kind, type) { MetadataOnly = metadataOnly };
        var initial = true;
        _looks.Add(async cancel =>
        {
            var page = await client.ListPageAsync(ResourceScope.All, new ListRequest(), cancel);
            store.Replace(page.Items, new HashSet<ObjectKey>(), initial);
            initial = false;
        });
    }

    private async Task<bool> WorkOneAsync<TKey>(string controller, WorkQueue<TKey> queue)
        where TKey : notnull
    {
        if (queue.Depth == 0 || await queue.TakeAsync(Cancel) is not { } item)
        {
            return false;
        }

        try
        {
            var result = await ReconcilerOf<TKey>(controller).ReconcileAsync(item.Key, Cancel);
            queue.Forget(item.Key);
            if (result.Delay is { } delay)
            {
                queue.AddAfter(item.Key, delay, Lane.Low);
            }
        }
        catch (Exception error) when (!Cancel.IsCancellationRequested)
        {
            Failures.Add(error);
            queue.Retry(item.Key, (error as ApiException)?.RetryAfter ?? TimeSpan.Zero, item.Lane);
        }
        finally
        {
            queue.Done(item.Key);
        }

        return true;
    }
}

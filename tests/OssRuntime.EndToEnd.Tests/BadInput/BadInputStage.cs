using k8s;
using k8s.Models;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.EndToEnd.Tests.Stage;
using OssRuntime.Operator.Composition;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.BadInput;

/// <summary>A real API server, a registry that does what it is told, a pod for each bad image, and the operator over all of them at once.</summary>
public sealed class BadInputStage : IAsyncLifetime
{
    public const string Namespace = "bad-input";
    private const string Node = "elsewhere";

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("ossruntime-bad");
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);
    private Cluster? _cluster;
    private k8s.Kubernetes? _client;
    private RunningOperator? _operator;

    internal FakeRegistry Registry { get; private set; } = null!;

    internal RunningOperator Operator => _operator!;

    public k8s.Kubernetes Client => _client!;

    public async ValueTask InitializeAsync()
    {
        Registry = await FakeRegistry.StartAsync();
        _cluster = await Cluster.FindOrStartAsync(new ClusterOptions(), Console.Error);
        _client = _cluster.CreateClient();
        var applier = new ManifestApplier(_client);
        foreach (var file in Directory.GetFiles(Checkout.At("crds")))
        {
            await applier.ApplyAsync(await File.ReadAllTextAsync(file));
        }

        await applier.ApplyAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Namespace}}}}}");
        await SilentNode.CreateAsync(_client, Node);
        foreach (var image in BadImages.All)
        {
            _digests[image.Name] = image.Place(Registry);
            await RunAsync(image.Name, $"{Registry.Host}/{image.Name}@{_digests[image.Name]}");
        }

        await RunAsync("not-pulled-yet", "");
        await RunAsync("loaded-on-the-node", "sha256:" + new string('a', 64));
        var database = Path.Combine(_state.FullName, "advisories.db");
        var flaws = Path.Combine(_state.FullName, "feeds");
        await ManyFlawsFeed.WriteAsync(flaws);
        await new DatabaseBuilder().BuildAsync([new FeedRoot(Checkout.At("config/samples/feeds")), new FeedRoot(flaws)], database);
        _operator = new RunningOperator(
            _cluster.KubeconfigPath,
            new OperatorOptions
            {
                StateFolder = Path.Combine(_state.FullName, "state"),
                Database = database,
                Namespace = Namespace,
                RegistryTimeout = TimeSpan.FromSeconds(2),
                ImageWorkers = 4,
            });
    }

    /// <summary>The object of the image that a pod runs, once its condition has the reason; else what it is after a minute.</summary>
    internal async Task<SpineReport?> ImageAsync(string name, string reason)
    {
        SpineReport? found = null;
        try
        {
            await SpineStage.EventuallyAsync(
                async () => (found = await FindAsync(_digests[name]))?.ReasonOf("Inventoried") == reason, $"{name} to be {reason}");
        }
        catch (Xunit.Sdk.XunitException)
        {
            // The test says what it is instead.
        }

        return found;
    }

    internal async Task<SpineReport?> WorkloadAsync(string pod) =>
        (await _client!.CustomObjects.ListNamespacedCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", Namespace, "workloadreports")).Items
            .SingleOrDefault(report => report.Metadata.Name == $"pod-{pod}");

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }

        if (Registry is not null)
        {
            await Registry.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }

    private async Task<SpineReport?> FindAsync(string digest) =>
        (await _client!.CustomObjects.ListClusterCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", "imageinventories")).Items
            .SingleOrDefault(image => image.Spec.GetProperty("digest").GetString() == digest);

    /// <summary>A pod with the status that a kubelet would have written.</summary>
    private async Task RunAsync(string name, string imageId)
    {
        var image = $"{Registry.Host}/{name}:1";
        await _client!.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta { Name = name },
                Spec = new V1PodSpec { NodeName = Node, Containers = [new V1Container { Name = "main", Image = image }] },
            },
            Namespace);
        var pod = await _client.CoreV1.ReadNamespacedPodAsync(name, Namespace);
        pod.Status.Phase = imageId.Length == 0 ? "Pending" : "Running";
        pod.Status.ContainerStatuses =
        [
            new V1ContainerStatus
            {
                Name = "main",
                Image = image,
                ImageID = imageId,
                Ready = imageId.Length > 0,
                State = imageId.Length == 0
                    ? new V1ContainerState { Waiting = new V1ContainerStateWaiting { Reason = "ContainerCreating" } }
                    : new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = DateTime.UtcNow } },
            },
        ];
        await _client.CoreV1.ReplaceNamespacedPodStatusAsync(pod, name, Namespace);
    }
}

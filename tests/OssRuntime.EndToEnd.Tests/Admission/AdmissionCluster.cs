using System.Text.Json;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.EndToEnd.Tests.Stage;
using OssRuntime.Operator.Composition;
using OssRuntime.Stage.Charts;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>
/// A real API server that calls the webhooks as the chart writes them, by the Service's name and with the operator's own certificates; a registry, a node
/// without a kubelet, and people: alice may do everything but approve what she asked for, bob approves, mallory writes exceptions and reports, and has not the verb.
/// </summary>
public sealed partial class AdmissionCluster : IAsyncLifetime
{
    public const string Namespace = "ossruntime";
    private const string Node = "elsewhere";
    private const string OwnerUid = "5f1c2b0e-6f0f-4c53-9a6e-0d5f5c1a7b11";
    private const string ServiceAccount = $"system:serviceaccount:{Namespace}:ossruntime";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ossruntime-admission");
    private readonly List<Replica> _replicas = [];
    private ServiceProxy? _proxy;
    private string _kubeconfig = "";
    private string _manifests = "";
    private int _pods;

    public Cluster Cluster { get; private set; } = null!;

    public k8s.Kubernetes Client { get; private set; } = null!;

    public ManifestApplier Applier { get; private set; } = null!;

    internal FakeRegistry Registry { get; private set; } = null!;

    internal ApiUser Admin { get; private set; } = null!;

    internal ApiUser Alice { get; private set; } = null!;

    internal ApiUser Bob { get; private set; } = null!;

    internal ApiUser Mallory { get; private set; } = null!;

    internal ServiceProxy Proxy => _proxy!;

    internal IReadOnlyList<Replica> Replicas
    {
        get
        {
            lock (_replicas)
            {
                return [.. _replicas];
            }
        }
    }

    public string DatabasePath => Path.Combine(_folder.FullName, "advisories.db");

    /// <summary>Whether the server has CronJobs in batch/v1.</summary>
    public bool HasStableCronJobs { get; private set; }

    /// <summary>Who the operator is to the API server.</summary>
    public static string OperatorUser => ServiceAccount;

    public async ValueTask InitializeAsync()
    {
        Registry = await FakeRegistry.StartAsync();
        Cluster = await Cluster.FindOrStartAsync(new ClusterOptions { WebhooksOnThisMachine = true, Audited = true }, Console.Error);
        Assert.SkipWhen(Cluster.Origin is ClusterOrigin.ExistingKubeconfig or ClusterOrigin.K3s, "this cluster's API server does not reach webhooks on this machine");
        Client = Cluster.CreateClient();
        Applier = new ManifestApplier(Client);
        foreach (var file in Directory.GetFiles(Checkout.At("crds")))
        {
            await Applier.ApplyAsync(await File.ReadAllTextAsync(file));
        }

        await SpaceAsync(Namespace, "shop");
        await PeopleAsync();
        HasStableCronJobs = (await Client.BatchV1.GetAPIResourcesAsync()).Resources.Any(resource => resource.Kind == "CronJob");
        await SilentNode.CreateAsync(Client, Node);
        _proxy = new ServiceProxy(() => Only is { } only ? [only] : Replicas);
        await InstallAsync();
    }

    /// <summary>Puts a database of these records (OSV) in place.</summary>
    public Task PublishAsync(params string[] records) => PublishAsync(records, []);

    /// <summary>Puts a database of these records (OSV), and of the flaws that are known to be exploited, in place.</summary>
    public async Task PublishAsync(string[] records, string[] exploited)
    {
        var feed = Path.Combine(_folder.FullName, Path.GetRandomFileName());
        var npm = Directory.CreateDirectory(Path.Combine(feed, "osv", "npm")).FullName;
        for (var i = 0; i < records.Length; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(npm, $"TEST-{i}.json"), records[i]);
        }

        var kev = Directory.CreateDirectory(Path.Combine(feed, "kev")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(kev, "known_exploited_vulnerabilities.json"),
            JsonSerializer.Serialize(new
            {
                catalogVersion = "2026.08.01",
                dateReleased = "2026-08-01T00:00:00Z",
                count = exploited.Length,
                vulnerabilities = exploited.Select(id => new { cveID = id, dateAdded = "2026-08-01" }),
            }));
        await new DatabaseBuilder().BuildAsync([new FeedRoot(feed)], DatabasePath);
    }

    /// <summary>A record of OSV about all versions of a package of npm before 2.0.0.</summary>
    public static string Advisory(string id, string package) =>
        $$"""
        {"schema_version":"1.7.0","id":"{{id}}","modified":"2026-08-01T00:00:00Z","summary":"a flaw of {{package}}",
         "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"database_specific":{"severity":"CRITICAL"},
         "affected":[{"package":{"ecosystem":"npm","name":"{{package}}"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
        """;

    /// <summary>Pushes an image with a package of npm in version 1.0.0; its name by digest.</summary>
    public string Push(string repository, string tag, string package)
    {
        var image = Image(repository + tag, package);
        Registry.Push(repository, tag, image);
        return Registry.Reference(repository, image.Digest);
    }

    internal static BuiltImage Image(string unique, string package) => new ImageBuilder()
        .Layer(tar => tar
            .File("etc/os-release", "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n")
            .File($"app/node_modules/{package}/package.json", $$"""{"name":"{{package}}","version":"1.0.0"}""")
            .File("unique", unique))
        .Build();

    /// <summary>Starts a replica with the chart's rights.</summary>
    internal Replica Start(Func<OperatorOptions, OperatorOptions>? change = null, TimeProvider? time = null)
    {
        var options = new OperatorOptions { Database = DatabasePath, Namespace = Namespace, RegistryTimeout = TimeSpan.FromSeconds(5), ImageWorkers = 4 };
        var replica = new Replica(_kubeconfig, change?.Invoke(options) ?? options, time);
        lock (_replicas)
        {
            _replicas.Add(replica);
        }

        return replica;
    }

    /// <summary>Stops a replica as a kubelet does: it is told to, and no longer ready from then on.</summary>
    internal async Task StopAsync(Replica replica)
    {
        await replica.DisposeAsync();
        lock (_replicas)
        {
            _replicas.Remove(replica);
        }
    }

    /// <summary>Stops every replica.</summary>
    internal async Task StopAllAsync()
    {
        foreach (var replica in Replicas)
        {
            await StopAsync(replica);
        }
    }

    /// <summary>Lets the Service lead to this replica alone; null for all of them.</summary>
    internal Replica? Only { get; set; }

    /// <summary>Waits until the Service leads to so many replicas.</summary>
    internal Task ServedByAsync(int replicas) => SpineStage.EventuallyAsync(() => Task.FromResult(Proxy.Ready == replicas), $"{replicas} replicas to be ready");

    public async Task SpaceAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await Applier.ApplyAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {name}, labels: {{kubernetes.io/metadata.name: {name}}}}}}}");
        }
    }

    /// <summary>The body of a pod.</summary>
    public string Pod(IEnumerable<string> images, string? name = null) =>
        $$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{name ?? $"pod-{Interlocked.Increment(ref _pods)}"}}","labels":{"app":"web"} },"spec":{{Spec(images)}} }""";

    /// <summary>The same as one of a StatefulSet's pods.</summary>
    public static string Owned(string pod, string owner) => pod.Replace(
        "\"labels\":",
        $$"""
        "ownerReferences":[{"apiVersion":"apps/v1","kind":"StatefulSet","name":"{{owner}}","uid":"{{OwnerUid}}","controller":true}],"labels":
        """,
        StringComparison.Ordinal);

    /// <summary>The spec of a pod on the node.</summary>
    public static string Spec(IEnumerable<string> images) =>
        $$"""{"nodeName":"{{Node}}","containers":[{{string.Join(',', images.Select((image, i) => $$"""{"name":"c{{i}}","image":"{{image}}"}"""))}}]}""";

    /// <summary>A pod that runs, as its kubelet would say.</summary>
    public async Task RunAsync(string @namespace, string name, string image, string digest, string? owner = null)
    {
        await Client.CoreV1.CreateNamespacedPodAsync(
            new V1Pod
            {
                Metadata = new V1ObjectMeta
                {
                    Name = name,
                    Labels = new Dictionary<string, string> { ["app"] = "web" },
                    OwnerReferences = owner is null ? null : [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = owner, Uid = OwnerUid, Controller = true }],
                },
                Spec = new V1PodSpec { NodeName = Node, Containers = [new V1Container { Name = "c0", Image = image }] },
            },
            @namespace);
        var pod = await Client.CoreV1.ReadNamespacedPodAsync(name, @namespace);
        pod.Status.Phase = "Running";
        pod.Status.ContainerStatuses =
        [
            new V1ContainerStatus
            {
                Name = "c0",
                Image = image,
                ImageID = digest,
                Ready = true,
                State = new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = DateTime.UtcNow } },
            },
        ];
        await Client.CoreV1.ReplaceNamespacedPodStatusAsync(pod, name, @namespace);
    }

    internal async Task<IReadOnlyList<SpineReport>> ImagesAsync() =>
        (await Client.CustomObjects.ListClusterCustomObjectAsync<SpineReportList>("ossruntime.io", "v1alpha1", "imageinventories")).Items;

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas)
        {
            await replica.DisposeAsync();
        }

        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }

        foreach (var user in new[] { Admin, Alice, Bob, Mallory })
        {
            user?.Dispose();
        }

        Client?.Dispose();
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        await Registry.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task PeopleAsync()
    {
        const string Everything = """{apiGroups: ["", apps, batch, ossruntime.io], resources: ["*"], verbs: [create, get, list, patch, update, delete]}""";
        const string Exceptions = "apiGroups: [ossruntime.io], resources: [riskexceptions, clusterriskexceptions]";
        await Applier.ApplyAsync(
            $$"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: alice}
            rules: [{{Everything}}, { {{Exceptions}}, verbs: [approve] }]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: bob}
            rules: [{ {{Exceptions}}, verbs: [approve, get, list, patch, update] }]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: mallory}
            rules: [{ {{Exceptions}}, verbs: [create, get, list, patch, update, delete] }, { apiGroups: [ossruntime.io], resources: ["riskexceptions/status", "riskpolicies/status", imageinventories, "imageinventories/status"], verbs: [get, create, patch] }]
            """);
        foreach (var name in new[] { "alice", "bob", "mallory" })
        {
            await Applier.ApplyAsync(
                $"{{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {{name: {name}}}, roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {name}}}, subjects: [{{kind: User, apiGroup: rbac.authorization.k8s.io, name: {name}}}]}}");
        }

        Admin = new ApiUser(Cluster.KubeconfigPath);
        Alice = new ApiUser(await Cluster.KubeconfigForAsync("alice", []));
        Bob = new ApiUser(await Cluster.KubeconfigForAsync("bob", []));
        Mallory = new ApiUser(await Cluster.KubeconfigForAsync("mallory", []));
    }

    /// <summary>Applies the chart again, as an upgrade does.</summary>
    internal Task ReinstallAsync() => Applier.ApplyAsync(_manifests);

    /// <summary>The chart as it is, but for where the Service leads: to this machine.</summary>
    private async Task InstallAsync()
    {
        var helm = await Helm.FindAsync(Console.Error);
        var version = (await Client.Version.GetCodeWithHttpMessagesAsync()).Body.GitVersion;
        string[] files = ["--kube-version", version, "--set", "withoutAdvisories=true", "--set", "admission.deniedImages.enabled=true", "--set", "admission.enabled=true", "--show-only", "templates/rbac.yaml", "--show-only", "templates/serviceaccount.yaml", "--show-only", "templates/webhooks.yaml"];
        var manifests = await helm.TemplateAsync(Checkout.Chart, "ossruntime", Namespace, files);
        var service = ServiceDocument().Match(manifests);
        Assert.True(service.Success);
        _manifests = manifests.Replace(service.Value, "\n---\n", StringComparison.Ordinal).Replace("port: 443", $"port: {Proxy.Port}", StringComparison.Ordinal);
        await ReinstallAsync();
        await Applier.ApplyAsync($"{{apiVersion: v1, kind: Service, metadata: {{name: ossruntime-webhooks, namespace: {Namespace}}}, spec: {{type: ExternalName, externalName: localhost}}}}");
        _kubeconfig = await Cluster.KubeconfigForAsync(ServiceAccount, ["system:serviceaccounts", $"system:serviceaccounts:{Namespace}"]);
    }

    [GeneratedRegex(@"(?s)\n---\n(# Source: [^\n]*\n)?apiVersion: v1\nkind: Service\n.*?\n---\n")]
    private static partial Regex ServiceDocument();
}

using System.Diagnostics;
using k8s;
using k8s.Models;
using OssRuntime.Stage.Nodes;

namespace OssRuntime.Stage.Clusters;

/// <summary>A Kubernetes API server that answers, found or started.</summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly IAsyncDisposable? _started;
    private readonly ControlPlane? _plane;
    private readonly WholeNode? _node;
    private readonly string _folder;

    private Cluster(ClusterOrigin origin, string kubeconfigPath, Uri url, bool hasNode, IAsyncDisposable? started, WholeNode? node = null)
    {
        Origin = origin;
        KubeconfigPath = kubeconfigPath;
        ApiServerUrl = url;
        HasNode = hasNode;
        _started = started;
        _node = node;
        _plane = started as ControlPlane;
        _folder = _plane?.Folder ?? StageFolders.CreateTemporary("kubeconfigs");
    }

    /// <summary>How it came to be.</summary>
    public ClusterOrigin Origin { get; }

    /// <summary>The kubeconfig of an administrator.</summary>
    public string KubeconfigPath { get; }

    /// <summary>Where the API server answers.</summary>
    public Uri ApiServerUrl { get; }

    /// <summary>Whether pods really run: at least one node is ready.</summary>
    public bool HasNode { get; }

    /// <summary>Where the API server writes each request down as a line of JSON; null where it does not.</summary>
    public string? AuditLog => _plane is { } plane && File.Exists(plane.AuditLog) ? plane.AuditLog : null;

    /// <summary>A new client with the administrator's rights; the caller disposes it.</summary>
    public k8s.Kubernetes CreateClient() => new(KubernetesClientConfiguration.BuildConfigFromConfigFile(KubeconfigPath));

    /// <summary>
    /// Finds or starts a cluster: the one that <c>KUBECONFIG</c> names, else K3s where a Docker engine answers, else the programs of
    /// <c>KUBEBUILDER_ASSETS</c>, else programs built on this machine.
    /// </summary>
    /// <param name="options">What it must have.</param>
    /// <param name="log">Gets a line for each step that takes time.</param>
    /// <param name="cancellationToken">Stops what was started.</param>
    /// <exception cref="StageException">No way is possible; the message says what to provide.</exception>
    public static async Task<Cluster> FindOrStartAsync(ClusterOptions options, TextWriter log, CancellationToken cancellationToken = default)
    {
        var began = Stopwatch.GetTimestamp();
        var origin = options.Only ?? await ClusterWays.FirstAsync(cancellationToken);
        var cluster = origin switch
        {
            ClusterOrigin.ExistingKubeconfig => await ExistingAsync(cancellationToken),
            ClusterOrigin.K3s => await K3sAsync(options, log, cancellationToken),
            ClusterOrigin.KubebuilderAssets => await StartAsync(origin, ClusterWays.Assets ?? throw ClusterWays.NoAssets(), options, cancellationToken),
            _ when options.WithNode => await WithNodeAsync(options with { WithControllers = true, AdvertisedAddress = WholeNode.Gateway }, log, cancellationToken),
            _ => await StartAsync(origin, await ControlPlanePrograms.BuildAsync(options, log, cancellationToken), options, cancellationToken),
        };
        if (options.WithNode && !cluster.HasNode)
        {
            await cluster.DisposeAsync();
            throw new StageException($"A node is wanted, and the cluster ({origin}) has none that is ready.");
        }

        await log.WriteLineAsync($"Cluster ({origin}) at {cluster.ApiServerUrl} after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        return cluster;
    }

    /// <summary>Writes a kubeconfig for a user that has no rights but those that role bindings give it.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="groups">Its groups; the API server adds <c>system:authenticated</c>.</param>
    /// <param name="cancellationToken">Ends the waiting for a signature.</param>
    /// <returns>The file's path; it is removed with this object.</returns>
    public async Task<string> KubeconfigForAsync(string user, IEnumerable<string> groups, CancellationToken cancellationToken = default)
    {
        var file = $"{Path.GetRandomFileName()}.kubeconfig";
        if (_plane is not null)
            return _plane.WriteKubeconfig(file, user, groups);

        using var client = CreateClient();
        var certificate = await SignedClientCertificate.RequestAsync(client, user, groups, cancellationToken);
        var authority = KubernetesClientConfiguration.BuildConfigFromConfigFile(KubeconfigPath).SslCaCerts;
        var path = Path.Combine(_folder, file);
        Kubeconfig.Write(path, Kubeconfig.Text(ApiServerUrl, authority?.ExportCertificatePems(), certificate));
        return path;
    }

    /// <summary>Stops what was started for this object, and only that.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        if (_started is not null)
            await _started.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Cluster> ExistingAsync(CancellationToken cancellationToken)
    {
        var path = ClusterWays.ExistingKubeconfig ?? throw new StageException("KUBECONFIG names no file that exists.");
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(path);
        using var client = new k8s.Kubernetes(configuration);
        var nodes = await client.CoreV1.ListNodeAsync(cancellationToken: cancellationToken);
        return new Cluster(ClusterOrigin.ExistingKubeconfig, path, new Uri(configuration.Host), nodes.Items.Any(IsReady), started: null);
    }

    private static async Task<Cluster> K3sAsync(ClusterOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        var k3s = await K3sCluster.StartAsync(options, log, cancellationToken);
        return new Cluster(ClusterOrigin.K3s, k3s.KubeconfigPath, k3s.Url, hasNode: true, k3s);
    }

    private static async Task<Cluster> StartAsync(
        ClusterOrigin origin, ControlPlanePrograms programs, ClusterOptions options, CancellationToken cancellationToken)
    {
        if (options.WithControllers && programs.ControllerManager is null)
            throw new StageException("KUBEBUILDER_ASSETS has no kube-controller-manager, and this needs Deployments that become pods. Unset it, or add the program.");
        var plane = await ControlPlane.StartAsync(programs, options, cancellationToken);
        return new Cluster(origin, plane.AdminKubeconfig, plane.Url, hasNode: false, plane);
    }

    private static async Task<Cluster> WithNodeAsync(ClusterOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        if (await NodeRequirements.LackingHereAsync(log, cancellationToken) is { } reason)
            throw new StageException($"No node can run here. {reason}");
        var programs = await ControlPlanePrograms.BuildAsync(options, log, cancellationToken);
        var nodePrograms = await NodePrograms.EnsureAsync(log, cancellationToken);
        // Before the control plane, since whoever waits for the machine's node should not hold a cluster meanwhile.
        var only = await WholeNode.LockAsync(log, cancellationToken);
        ControlPlane? plane = null;
        try
        {
            plane = await ControlPlane.StartAsync(programs, options, cancellationToken);
            var node = await WholeNode.StartAsync(plane, nodePrograms, options.Registries, only, cancellationToken);
            return new Cluster(ClusterOrigin.BuiltHere, plane.AdminKubeconfig, plane.Url, hasNode: true, plane, node);
        }
        catch
        {
            if (plane is not null)
                await plane.DisposeAsync();
            await only.DisposeAsync();
            throw;
        }
    }

    internal static bool IsReady(V1Node node) => node.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
}

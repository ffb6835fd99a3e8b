using System.Globalization;
using System.Net;
using k8s;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Nodes;

/// <summary>
/// A node that runs pods: containerd, kubelet and kube-proxy beside a control plane of this machine, in namespaces of their own. From there,
/// registries and the API server are reached under the addresses that they have here; nothing beyond this machine is reached at all. One node
/// at a time on a machine.
/// </summary>
internal sealed class WholeNode : IAsyncDisposable
{
    /// <summary>What runs in the shell.</summary>
    public const string Script = "Nodes/node.sh";

    /// <summary>The node's address among its pods, at which the API server answers too.</summary>
    public const string Gateway = "10.88.0.1";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Stack<IAsyncDisposable> _parts = new();
    private NetworkNamespace? _network;

    private WholeNode()
    {
    }

    /// <summary>Waits until no other node runs on this machine.</summary>
    public static Task<FileLock> LockAsync(TextWriter log, CancellationToken cancellationToken) =>
        FileLock.TakeAsync("node", cancellationToken, () => log.WriteLine("Waiting for another node on this machine to end"));

    /// <summary>Starts the node and returns when it is ready for pods.</summary>
    /// <param name="plane">With the scheduler.</param>
    /// <param name="programs">The node's.</param>
    /// <param name="registries">Registries of this machine, <c>127.0.0.1:port</c>, that images are pulled from.</param>
    /// <param name="only">Released with the node; by the caller where it does not start.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StageException">It did not become ready; the message holds the end of its log.</exception>
    public static async Task<WholeNode> StartAsync(
        ControlPlane plane, NodePrograms programs, IReadOnlyList<string> registries, FileLock only, CancellationToken cancellationToken)
    {
        var node = new WholeNode();
        try
        {
            await SweepAsync(cancellationToken);
            await node.StartAsync(plane, programs, registries, cancellationToken);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }

        // At the bottom: everything else is gone before another node may start.
        var parts = node._parts.Reverse().ToArray();
        node._parts.Clear();
        foreach (var part in parts.Prepend(only))
            node._parts.Push(part);
        return node;
    }

    /// <summary>Ends the node and everything that runs on it.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        _network?.Dispose();
    }

    private async Task StartAsync(ControlPlane plane, NodePrograms programs, IReadOnlyList<string> registries, CancellationToken cancellationToken)
    {
        var folder = StageFolders.CreateTemporary("node", inMemory: false);
        var configuration = new NodeConfiguration(folder, plane, programs);
        configuration.Write();
        var process = SupervisedProcess.Start("The node", "unshare", ["--net", "bash", Tool.Script(Script), "--run", folder], Path.Combine(folder, "node.log"), folder);
        _parts.Push(process);
        var pid = Path.Combine(folder, "pid");
        await process.WaitUntilAsync(_ => Task.FromResult(File.Exists(pid)), Patience, cancellationToken);
        _network = NetworkNamespace.Of(int.Parse(await File.ReadAllTextAsync(pid, cancellationToken), CultureInfo.InvariantCulture));

        var api = new IPEndPoint(IPAddress.Loopback, plane.Url.Port);
        Relay[] relays =
        [
            Relay.Into(_network, api, api),
            Relay.Into(_network, new IPEndPoint(IPAddress.Parse(Gateway), api.Port), api),
            .. registries.Select(IPEndPoint.Parse).Select(registry => Relay.Into(_network, registry, registry)),
        ];
        var kubelet = Relay.OutOf(_network);
        foreach (var relay in relays.Append(kubelet))
            _parts.Push(relay);
        configuration.WriteKubelet(kubelet.Port);
        await File.WriteAllTextAsync(Path.Combine(folder, "connected"), "", cancellationToken);

        using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(plane.AdminKubeconfig));
        await process.WaitUntilAsync(
            async token =>
            {
                // Pods need the account, which a controller makes.
                await client.CoreV1.ReadNamespacedServiceAccountAsync("default", "default", cancellationToken: token);
                return Cluster.IsReady(await client.CoreV1.ReadNodeAsync(NodeConfiguration.Name, cancellationToken: token));
            },
            Patience,
            cancellationToken);
    }

    // What an earlier node left that was killed together with everything that watched over it.
    private static async Task SweepAsync(CancellationToken cancellationToken)
    {
        await Tool.RunScriptAsync(Script, ["--sweep"], cancellationToken: cancellationToken);
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), "ossruntime-node-*"))
            Directory.Delete(folder, recursive: true);
    }
}

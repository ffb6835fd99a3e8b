using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Nodes;

/// <summary>Where the programs of a node are.</summary>
/// <param name="Kubernetes">Folder with kubelet, kube-proxy and pause.</param>
/// <param name="Debian">Folder with the <c>usr/</c> of containerd, runc and the network plugins, unpacked and not installed.</param>
internal sealed record NodePrograms(string Kubernetes, string Debian)
{
    /// <summary>The programs, built and unpacked where they are not in the cache yet; what must be installed is installed.</summary>
    /// <exception cref="StageException">Something cannot be had; the message says what.</exception>
    public static async Task<NodePrograms> EnsureAsync(TextWriter log, CancellationToken cancellationToken)
    {
        string[] programs = ["kubelet", "kube-proxy", "pause"];
        var folder = await Tool.RunScriptAsync("Clusters/kubernetes.sh", ["--where"], cancellationToken: cancellationToken);
        if (!File.Exists(Path.Combine(folder, "pause")))
            await MachinePackages.EnsureAsync(log, ["gcc"], cancellationToken);
        return new NodePrograms(
            await ControlPlanePrograms.BuiltAsync(programs, log, cancellationToken),
            await Tool.RunScriptAsync("Debian/archive.sh", ["containerd", "runc", "containernetworking-plugins"], log, cancellationToken));
    }
}

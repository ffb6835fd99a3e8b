using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Clusters;

/// <summary>Where the programs of a control plane are.</summary>
/// <param name="Etcd">Path of etcd.</param>
/// <param name="ApiServer">Path of kube-apiserver.</param>
/// <param name="ControllerManager">Path of kube-controller-manager, or null where there is none.</param>
/// <param name="Scheduler">Path of kube-scheduler, or null where no node needs it.</param>
internal sealed record ControlPlanePrograms(string Etcd, string ApiServer, string? ControllerManager, string? Scheduler = null)
{
    private const string Recipe = "Clusters/kubernetes.sh";

    /// <summary>The programs of a folder as <c>KUBEBUILDER_ASSETS</c> names one; null where etcd or kube-apiserver is missing.</summary>
    public static ControlPlanePrograms? In(string? folder)
    {
        if (string.IsNullOrEmpty(folder))
            return null;
        string? Program(string name) => Path.Combine(folder, name) is var path && File.Exists(path) ? path : null;
        return Program("etcd") is { } etcd && Program("kube-apiserver") is { } server
            ? new ControlPlanePrograms(etcd, server, Program("kube-controller-manager"))
            : null;
    }

    /// <summary>The programs built on this machine; the first time takes minutes.</summary>
    public static async Task<ControlPlanePrograms> BuildAsync(ClusterOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        string[] wanted =
        [
            "kube-apiserver",
            .. options.WithControllers ? (string[])["kube-controller-manager"] : [],
            .. options.WithNode ? (string[])["kube-scheduler", "kubelet", "kube-proxy"] : [],
        ];
        var folder = await BuiltAsync(wanted, log, cancellationToken);
        var debian = await Tool.RunScriptAsync("Debian/archive.sh", ["etcd-server"], log, cancellationToken);
        return new ControlPlanePrograms(
            Path.Combine(debian, "usr/bin/etcd"),
            Path.Combine(folder, "kube-apiserver"),
            options.WithControllers ? Path.Combine(folder, "kube-controller-manager") : null,
            options.WithNode ? Path.Combine(folder, "kube-scheduler") : null);
    }

    /// <summary>The folder of Kubernetes programs that were built on this machine, with these in it.</summary>
    internal static async Task<string> BuiltAsync(string[] wanted, TextWriter log, CancellationToken cancellationToken)
    {
        var folder = await Tool.RunScriptAsync(Recipe, ["--where"], cancellationToken: cancellationToken);
        var missing = wanted.Where(program => !File.Exists(Path.Combine(folder, program))).ToArray();
        if (missing.Length > 0)
        {
            await log.WriteLineAsync(
                $"{string.Join(", ", missing)} of Kubernetes: built from Debian's source package into {folder}, 5 to 10 minutes on two cores, once. Nothing is installed.");
            await Tool.RunScriptAsync(Recipe, missing, log, cancellationToken);
        }

        return folder;
    }
}

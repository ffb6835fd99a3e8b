using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Clusters;

/// <summary>Where the programs of a control plane are.</summary>
/// <param name="Etcd">Path of etcd.</param>
/// <param name="ApiServer">Path of kube-apiserver.</param>
/// <param name="ControllerManager">Path of kube-controller-manager, or null where there is none.</param>
internal sealed record ControlPlanePrograms(string Etcd, string ApiServer, string? ControllerManager)
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
    public static async Task<ControlPlanePrograms> BuildAsync(bool withControllers, TextWriter log, CancellationToken cancellationToken)
    {
        var folder = await Tool.RunScriptAsync(Recipe, ["--where"], cancellationToken: cancellationToken);
        string[] wanted = withControllers ? ["kube-apiserver", "kube-controller-manager"] : ["kube-apiserver"];
        if (!wanted.All(program => File.Exists(Path.Combine(folder, program))))
        {
            await log.WriteLineAsync(
                $"Kubernetes is built from Debian's source package into {folder}: 5 to 10 minutes on two cores, once. Nothing is installed.");
            await Tool.RunScriptAsync(Recipe, wanted, log, cancellationToken);
        }

        var debian = await Tool.RunScriptAsync("Debian/archive.sh", ["etcd-server"], log, cancellationToken);
        return new ControlPlanePrograms(
            Path.Combine(debian, "usr/bin/etcd"),
            Path.Combine(folder, "kube-apiserver"),
            withControllers ? Path.Combine(folder, "kube-controller-manager") : null);
    }
}

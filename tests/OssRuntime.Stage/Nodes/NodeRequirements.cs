using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Processes;

namespace OssRuntime.Stage.Nodes;

/// <summary>Whether pods can really run.</summary>
public static class NodeRequirements
{
    /// <summary>What stands in the way of a cluster with a node, as a sentence; null where it can come up. What is needed is tried, and leaves no trace.</summary>
    /// <param name="log">Gets a line before a package is installed that the trying needs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<string?> LackingAsync(TextWriter log, CancellationToken cancellationToken = default)
    {
        switch (await ClusterWays.FirstAsync(cancellationToken))
        {
            case ClusterOrigin.K3s:
                return null;
            case ClusterOrigin.ExistingKubeconfig:
                await using (var cluster = await Cluster.FindOrStartAsync(new ClusterOptions { Only = ClusterOrigin.ExistingKubeconfig }, TextWriter.Null, cancellationToken))
                    return cluster.HasNode ? null : "The cluster that KUBECONFIG names has no node that is ready.";
            case ClusterOrigin.KubebuilderAssets:
                return "KUBEBUILDER_ASSETS has no programs of a node; unset it.";
            default:
                return await LackingHereAsync(log, cancellationToken);
        }
    }

    internal static async Task<string?> LackingHereAsync(TextWriter log, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            return "Only root can run a node.";
        var folder = StageFolders.CreateTemporary("probe", inMemory: false);
        try
        {
            await MachinePackages.EnsureAsync(log, ["ip", "iptables"], cancellationToken);
            return await Tool.RunScriptAsync(WholeNode.Script, ["--lacks", folder], cancellationToken: cancellationToken) is { Length: > 0 } reason ? reason : null;
        }
        catch (StageException reason)
        {
            return reason.Message;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

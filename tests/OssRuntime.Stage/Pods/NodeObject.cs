using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace OssRuntime.Stage.Pods;

/// <summary>Makes the API believe that a node is there.</summary>
internal static class NodeObject
{
    /// <summary>Creates the node, ready and without taints; one of that name is taken over.</summary>
    public static async Task EnsureAsync(IKubernetes client, StageNode node, string version, CancellationToken cancellationToken)
    {
        try
        {
            await client.CoreV1.CreateNodeAsync(
                new V1Node { Metadata = new V1ObjectMeta { Name = node.Name, Labels = PodPlacement.LabelsOf(node) } },
                cancellationToken: cancellationToken);
        }
        catch (HttpOperationException there) when (there.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // From an earlier stage on the same cluster.
        }

        // The API server marks a new node as not ready; a controller that is not there would take the mark away.
        await client.CoreV1.PatchNodeAsync(
            new V1Patch("""{"spec":{"taints":null}}""", V1Patch.PatchType.MergePatch), node.Name, cancellationToken: cancellationToken);
        // A patch, since controllers write to the node at the same time.
        await client.CoreV1.PatchNodeStatusAsync(
            new V1Patch(KubernetesJson.Serialize(new V1Node { Status = Status(node, version) }), V1Patch.PatchType.MergePatch),
            node.Name,
            cancellationToken: cancellationToken);
    }

    private static V1NodeStatus Status(StageNode node, string version)
    {
        var now = DateTime.UtcNow;
        var resources = new Dictionary<string, ResourceQuantity>(StringComparer.Ordinal)
        {
            ["cpu"] = new ResourceQuantity("64"),
            ["memory"] = new ResourceQuantity("256Gi"),
            ["pods"] = new ResourceQuantity("10000"),
        };
        return new V1NodeStatus
        {
            Capacity = resources,
            Allocatable = resources,
            Addresses = [new V1NodeAddress { Type = "InternalIP", Address = "127.0.0.1" }, new V1NodeAddress { Type = "Hostname", Address = node.Name }],
            Conditions =
            [
                new V1NodeCondition
                {
                    Type = "Ready",
                    Status = "True",
                    Reason = "KubeletReady",
                    Message = "the stage plays kubelet",
                    LastHeartbeatTime = now,
                    LastTransitionTime = now,
                },
            ],
            NodeInfo = new V1NodeSystemInfo
            {
                Architecture = node.Architecture,
                OperatingSystem = "linux",
                OsImage = "Debian GNU/Linux 12 (bookworm)",
                KernelVersion = "6.1.0",
                KubeletVersion = version,
                KubeProxyVersion = version,
                ContainerRuntimeVersion = "containerd://1.6.20",
                BootID = node.Name,
                MachineID = node.Name,
                SystemUUID = node.Name,
            },
        };
    }
}

using k8s;
using k8s.Models;

namespace OssRuntime.EndToEnd.Tests.Stage;

/// <summary>A node of which nothing but its platform is known: enough for pods whose statuses the test writes itself.</summary>
internal static class SilentNode
{
    public static async Task CreateAsync(IKubernetes client, string name)
    {
        var node = await client.CoreV1.CreateNodeAsync(new V1Node { Metadata = new V1ObjectMeta { Name = name } });
        node.Status = new V1NodeStatus
        {
            NodeInfo = new V1NodeSystemInfo
            {
                Architecture = "amd64",
                OperatingSystem = "linux",
                OsImage = "none",
                KernelVersion = "6.1",
                KubeletVersion = "v1.20.2",
                KubeProxyVersion = "v1.20.2",
                ContainerRuntimeVersion = "containerd://1.6",
                BootID = name,
                MachineID = name,
                SystemUUID = name,
            },
        };
        await client.CoreV1.ReplaceNodeStatusAsync(node, name);
    }
}

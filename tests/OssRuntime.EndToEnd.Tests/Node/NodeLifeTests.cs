using System.Diagnostics;
using k8s;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Nodes;

namespace OssRuntime.EndToEnd.Tests.Node;

/// <summary>A node comes and goes, and the machine is as it was.</summary>
[Collection(NodeCollection.Name)]
[Trait("Needs", "Node")]
public sealed class NodeLifeTests
{
    private static readonly string[] Settings =
        ["/proc/sys/net/ipv4/ip_forward", "/proc/sys/vm/overcommit_memory", "/proc/sys/kernel/panic", "/proc/sys/kernel/keys/root_maxkeys"];

    [Fact]
    public async Task A_node_leaves_nothing_behind_and_what_a_killed_one_left_is_swept_away()
    {
        var lacking = await NodeRequirements.LackingAsync(Console.Error, TestContext.Current.CancellationToken);
        Assert.SkipWhen(lacking is not null, $"{lacking} The pod stage plays the node instead.");
        Assert.SkipWhen(await ClusterWays.FirstAsync(TestContext.Current.CancellationToken) != ClusterOrigin.BuiltHere, "the cluster brings its own node");
        var before = Machine();

        await using (await UpAsync())
        {
            // The node's own process, not what watches over it: nobody is left who could tidy up.
            Kill(Assert.Single(Folders()));
        }

        Assert.NotEmpty(Groups());

        await using (var second = await UpAsync())
        {
            using var client = second.CreateClient();
            var node = Assert.Single((await client.CoreV1.ListNodeAsync()).Items);
            Assert.StartsWith("containerd://", node.Status.NodeInfo.ContainerRuntimeVersion, StringComparison.Ordinal);
            Assert.Single(Folders());
        }

        Assert.Empty(Groups());
        Assert.Empty(Folders());
        Assert.Equal(before, Machine());
    }

    private static Task<Cluster> UpAsync() => Cluster.FindOrStartAsync(new ClusterOptions { WithNode = true }, Console.Error);

    private static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "ossruntime-node-*");

    private static string[] Groups() => Directory.GetDirectories("/sys/fs/cgroup", "ossruntime-node", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 });

    // Settings, links and mounts: none of the node's are the machine's.
    private static string[] Machine() =>
    [
        .. Settings.Select(File.ReadAllText),
        .. Directory.GetFileSystemEntries("/sys/class/net").Order(StringComparer.Ordinal),
        .. File.ReadAllLines("/proc/self/mounts"),
    ];

    private static void Kill(string folder)
    {
        using var node = Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(folder, "pid")), System.Globalization.CultureInfo.InvariantCulture));
        node.Kill();
        node.WaitForExit();
    }
}

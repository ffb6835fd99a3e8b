using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Spine;

namespace OssRuntime.EndToEnd.Tests.Node;

/// <summary>The main job where pods really run and imageID is the kubelet's own word.</summary>
[Collection(NodeCollection.Name)]
[Trait("Needs", "Node")]
public sealed class NodeTests : IClassFixture<NodeStage>
{
    private readonly SpineStage _stage;

    public NodeTests(NodeStage node)
    {
        Assert.SkipWhen(node.Lacking is not null, $"{node.Lacking} The pod stage of SpineTests plays the node instead.");
        _stage = node.Stage;
    }

    [Fact]
    public async Task The_sample_workloads_run()
    {
        var pods = await AllRunningAsync();

        // The private images were pulled with the secret of the pod and with that of the service account.
        Assert.All(["billing", "invoices"], name => Assert.Contains(pods, pod => pod.Name().StartsWith(name, StringComparison.Ordinal) && pod.Status.Phase == "Running"));
        Assert.Equal("Succeeded", pods.Single(pod => pod.Name().StartsWith("migrate", StringComparison.Ordinal)).Status.Phase);
        var waiting = pods.Single(pod => pod.Name() == "not-there-yet").Status.ContainerStatuses[0];
        Assert.Contains(waiting.State.Waiting.Reason, (string[])["ErrImagePull", "ImagePullBackOff"]);
        Assert.Equal("", waiting.ImageID);
    }

    private async Task<IList<V1Pod>> AllRunningAsync()
    {
        IList<V1Pod> pods = [];
        await SpineStage.EventuallyAsync(
            async () =>
            {
                pods = (await _stage.Client.CoreV1.ListPodForAllNamespacesAsync()).Items;
                return pods.Count >= 13 && pods.All(pod => pod.Name() == "not-there-yet"
                    ? pod.Status.ContainerStatuses?[0].State.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff"
                    : pod.Status.Phase is "Running" or "Succeeded");
            },
            "all sample pods to run");
        return pods;
    }
}

using k8s;
using k8s.Models;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Pods;

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

    [Fact]
    public async Task Every_image_that_the_kubelet_names_is_covered()
    {
        var pods = await AllRunningAsync();
        await using var running = _stage.StartOperator();
        await SpineStage.EventuallyAsync(
            async () =>
            {
                var reports = (await _stage.ListAsync("workloadreports")).Where(report => report.Metadata.NamespaceProperty is "shop" or "platform").ToList();
                return reports.Count >= 11
                    && reports.All(report => report.ReasonOf("Covered") is "AllImagesInventoried" or "ImagesNotChecked"
                    || (report.Metadata.Name == "pod-not-there-yet" && report.ReasonOf("Covered") is "ImagesPending"));
            },
            "all workloads covered");

        var named = pods.Where(pod => pod.Status.Phase == "Running")
            .SelectMany(pod => pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses ?? []))
            .Select(status => DigestOf(status.ImageID))
            .ToHashSet(StringComparer.Ordinal);
        Assert.True(named.Count >= 10);
        var images = await _stage.ListAsync("imageinventories");
        Assert.All(named, digest => Assert.Equal(
            "ReadFromLayers", images.Single(image => image.Spec.GetProperty("digest").GetString() == digest).ReasonOf("Inventoried")));

        // One image in two repositories: containerd may tell either pod either name, and each workload is covered all the same.
        var twins = pods.Where(pod => pod.Name().StartsWith("billing", StringComparison.Ordinal) || pod.Name().StartsWith("invoices", StringComparison.Ordinal));
        Assert.Single(twins.Select(pod => DigestOf(pod.Status.ContainerStatuses[0].ImageID)).Distinct(StringComparer.Ordinal));

        // The node pulled by itself, and the operator read each layer once.
        var registry = _stage.Stage.Registry!;
        Assert.Contains(registry.Requests.Read(), request => request.UserAgent.StartsWith("containerd/", StringComparison.Ordinal));
        var blobs = registry.Requests.Read().Where(request => request.Path.StartsWith("/v2/shop/python/blobs/", StringComparison.Ordinal)).Select(request => request.Path).Distinct(StringComparer.Ordinal);
        Assert.InRange(registry.CountRequests("GET", "/v2/shop/python/blobs/"), 1, blobs.Count());
    }

    [Fact]
    public async Task The_stage_writes_what_a_kubelet_writes()
    {
        Assert.SkipWhen(_stage.Stage.Cluster.Origin != ClusterOrigin.BuiltHere, "the stage plays beside a cluster that was built here");
        var contract = await ContractPods.PrepareAsync(_stage.Stage.Registry!, _stage.Stage.PrivateRegistry!);
        var said = await contract.SeenAsync(_stage.Client);

        await using var cluster = await Cluster.FindOrStartAsync(new ClusterOptions { WithControllers = true }, Console.Error);
        await using var played = await PodStage.StartAsync(cluster);
        using var client = cluster.CreateClient();
        var written = await contract.SeenAsync(client);

        Assert.All(said.Keys.Union(written.Keys), name => Assert.Equal(said.GetValueOrDefault(name), written.GetValueOrDefault(name)));
    }

    private static string DigestOf(string imageId) => imageId[(imageId.IndexOf('@', StringComparison.Ordinal) + 1)..];

    private async Task<IList<V1Pod>> AllRunningAsync()
    {
        IList<V1Pod> pods = [];
        await SpineStage.EventuallyAsync(
            async () =>
            {
                pods = [.. (await _stage.Client.CoreV1.ListPodForAllNamespacesAsync()).Items.Where(pod => pod.Namespace() is "shop" or "platform")];
                return pods.Count >= 13 && pods.All(pod => pod.Name() == "not-there-yet"
                    ? pod.Status.ContainerStatuses?[0].State.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff"
                    : pod.Status.Phase is "Running" or "Succeeded");
            },
            "all sample pods to run");
        return pods;
    }
}

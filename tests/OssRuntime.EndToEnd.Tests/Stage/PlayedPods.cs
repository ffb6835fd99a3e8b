using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Pods;
using OssRuntime.Stage.Registries;

namespace OssRuntime.EndToEnd.Tests.Stage;

/// <summary>A bare API server, a registry with two images, and the pod stage with a node of each of two architectures.</summary>
public sealed class PlayedPods : IAsyncLifetime
{
    private PodStage? _pods;

    public Cluster Cluster { get; private set; } = null!;

    public RegistryServer Registry { get; private set; } = null!;

    public ImageShelf Shelf { get; private set; } = null!;

    public PushedImage Alpine { get; private set; } = null!;

    public PushedImage Multi { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Cluster = await Cluster.FindOrStartAsync(new ClusterOptions(), Console.Out);
        Registry = await RegistryServer.StartAsync(new RegistryOptions());
        Shelf = await ImageShelf.EnsureAsync(["alpine", "multi"], Console.Out);
        Alpine = await Shelf.PushAsync("alpine", Registry, "platform/alpine:3.18");
        Multi = await Shelf.PushAsync("multi", Registry, "shop/search:1");
        if (!Cluster.HasNode)
        {
            _pods = await PodStage.StartAsync(
                Cluster,
                new PodStageOptions { Nodes = [new StageNode("one"), new StageNode("two", "arm64")], PullRetry = TimeSpan.FromMilliseconds(300) });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_pods is not null)
            await _pods.DisposeAsync();
        // What did not come up has said why already.
        if (Registry is not null)
            await Registry.DisposeAsync();
        if (Cluster is not null)
            await Cluster.DisposeAsync();
    }
}

using OssRuntime.Stage.Clusters;

namespace OssRuntime.EndToEnd.Tests.Stage;

/// <summary>A bare API server for the tests of one class.</summary>
public sealed class StageCluster : IAsyncLifetime
{
    public Cluster Cluster { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await Cluster.FindOrStartAsync(new ClusterOptions(), Console.Out);

    public ValueTask DisposeAsync() => Cluster is null ? ValueTask.CompletedTask : Cluster.DisposeAsync();
}

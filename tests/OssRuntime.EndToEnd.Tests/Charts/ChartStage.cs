using OssRuntime.Stage.Charts;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Workloads;

namespace OssRuntime.EndToEnd.Tests.Charts;

/// <summary>Helm, and an API server with our resource definitions and the Prometheus operator's ServiceMonitor and PrometheusRule.</summary>
public sealed class ChartStage : IAsyncLifetime
{
    public const string Namespace = "ossruntime";
    private Cluster? _cluster;

    public Helm Helm { get; private set; } = null!;

    public k8s.Kubernetes Client { get; private set; } = null!;

    /// <summary>The server's version, which helm asks for when it installs.</summary>
    public string Version { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Helm = await Helm.FindAsync(Console.Error);
        _cluster = await Cluster.FindOrStartAsync(new ClusterOptions(), Console.Error);
        Client = _cluster.CreateClient();
        Version = (await Client.Version.GetCodeWithHttpMessagesAsync()).Body.GitVersion;
        var applier = new ManifestApplier(Client);
        await applier.ApplyAsync($"{{apiVersion: v1, kind: Namespace, metadata: {{name: {Namespace}}}}}");
        foreach (var file in Directory.GetFiles(Checkout.At("helm/ossruntime/crds")))
        {
            await applier.ApplyAsync(await File.ReadAllTextAsync(file));
        }

        await applier.ApplyAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Charts", "testdata", "servicemonitors.yaml")));
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }
}

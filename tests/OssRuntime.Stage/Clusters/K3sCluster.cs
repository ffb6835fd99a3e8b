using System.Text;
using DotNet.Testcontainers.Configurations;
using Testcontainers.K3s;

namespace OssRuntime.Stage.Clusters;

/// <summary>K3s in a container of the machine's Docker engine: a whole node.</summary>
internal sealed class K3sCluster : IAsyncDisposable
{
    private const string Image = "rancher/k3s:v1.34.1-k3s1";

    private readonly K3sContainer _container;
    private readonly string _folder = StageFolders.CreateTemporary("k3s");

    private K3sCluster(K3sContainer container) => _container = container;

    public string KubeconfigPath => Path.Combine(_folder, "kubeconfig");

    public Uri Url { get; private set; } = null!;

    public static async Task<K3sCluster> StartAsync(ClusterOptions options, TextWriter log, CancellationToken cancellationToken)
    {
        await log.WriteLineAsync($"Docker answers: starting {Image}");
        foreach (var registry in options.Registries)
            await TestcontainersSettings.ExposeHostPortsAsync(ushort.Parse(registry[(registry.LastIndexOf(':') + 1)..]), cancellationToken);

        var container = new K3sBuilder(Image)
            .WithResourceMapping(Encoding.UTF8.GetBytes(Mirrors(options.Registries)), "/etc/rancher/k3s/registries.yaml")
            .Build();
        var cluster = new K3sCluster(container);
        try
        {
            await container.StartAsync(cancellationToken);
            Kubeconfig.Write(cluster.KubeconfigPath, await container.GetKubeconfigAsync());
            cluster.Url = new Uri(k8s.KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.KubeconfigPath).Host);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _container.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    // In the container the machine's loopback is another one: the name of the image stays, the way to it is the engine's tunnel.
    private static string Mirrors(IEnumerable<string> registries)
    {
        var text = new StringBuilder("mirrors:\n");
        foreach (var registry in registries)
        {
            var port = registry[(registry.LastIndexOf(':') + 1)..];
            text.Append($"  \"{registry}\":\n    endpoint: [\"http://host.testcontainers.internal:{port}\"]\n");
        }

        return text.ToString();
    }
}

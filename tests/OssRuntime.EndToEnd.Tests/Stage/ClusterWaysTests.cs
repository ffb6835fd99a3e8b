using System.Diagnostics;
using OssRuntime.Stage.Clusters;
using OssRuntime.Stage.Processes;
using OssRuntime.Testing.Images;

namespace OssRuntime.EndToEnd.Tests.Stage;

/// <summary>Each way of getting a cluster, tried in a process of its own: the environment chooses the way.</summary>
public sealed class ClusterWaysTests(StageCluster stage) : IClassFixture<StageCluster>
{
    [Fact]
    public async Task A_kubeconfig_in_the_environment_is_used_and_left_running()
    {
        var (origin, kubeconfig) = await StartAsync(("KUBECONFIG", stage.Cluster.KubeconfigPath));
        Assert.Equal(nameof(ClusterOrigin.ExistingKubeconfig), origin);
        Assert.Equal(stage.Cluster.KubeconfigPath, kubeconfig);
        using var client = stage.Cluster.CreateClient();
        Assert.NotEmpty((await k8s.CoreV1OperationsExtensions.ListNamespaceAsync(client.CoreV1)).Items);
    }

    [Fact]
    public async Task Programs_in_KUBEBUILDER_ASSETS_are_used()
    {
        using var assets = new TemporaryDirectory();
        var server = Path.Combine(await Tool.RunScriptAsync("Clusters/kubernetes.sh", ["--where"]), "kube-apiserver");
        Assert.SkipUnless(File.Exists(server), "this machine got its cluster another way, so that there are no programs built here to lend");
        File.CreateSymbolicLink(assets["kube-apiserver"], server);
        File.CreateSymbolicLink(assets["etcd"], Path.Combine(await Tool.RunScriptAsync("Debian/archive.sh", ["etcd-server"]), "usr/bin/etcd"));
        var (origin, _) = await StartAsync(("KUBEBUILDER_ASSETS", assets.Path), ("KUBECONFIG", ""));
        Assert.Equal(nameof(ClusterOrigin.KubebuilderAssets), origin);
    }

    [Fact]
    public async Task K3s_runs_where_Docker_does()
    {
        Assert.SkipUnless(await ClusterWays.DockerAnswersAsync(), "no Docker engine answers here; the API server built here runs in the place of K3s");
        await using var cluster = await Cluster.FindOrStartAsync(new ClusterOptions { Only = ClusterOrigin.K3s }, Console.Error);
        Assert.True(cluster.HasNode);
    }

    private static async Task<(string Origin, string Kubeconfig)> StartAsync(params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ossruntime-stage.dll"));
        start.ArgumentList.Add("cluster");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        try
        {
            var export = await process.StandardOutput.ReadLineAsync() ?? throw new EndOfStreamException(await process.StandardError.ReadToEndAsync());

            // Cluster (BuiltHere) at https://…
            var line = "";
            while (!line.StartsWith("Cluster (", StringComparison.Ordinal))
            {
                line = await process.StandardError.ReadLineAsync() ?? throw new EndOfStreamException("the program does not say how it got its cluster");
            }

            return (line["Cluster (".Length..line.IndexOf(')', StringComparison.Ordinal)], export["export KUBECONFIG=".Length..]);
        }
        finally
        {
            await Tool.RunAsync("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }
    }
}

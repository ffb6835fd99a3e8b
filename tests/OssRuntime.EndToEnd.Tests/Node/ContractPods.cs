using System.Diagnostics;
using System.Text.Json;
using k8s;
using k8s.Models;
using OssRuntime.Exposure.Pods;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Processes;
using OssRuntime.Stage.Registries;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Images;

namespace OssRuntime.EndToEnd.Tests.Node;

/// <summary>The same pods for a kubelet and for the stage that plays one, and what the operator makes of their statuses.</summary>
internal sealed class ContractPods
{
    private readonly string _manifest;

    private ContractPods(string manifest) => _manifest = manifest;

    /// <summary>
    /// Pushes the pods' images. They are nobody else's: containerd tells an image of two names under one of them, and which one depends on
    /// what else was pulled.
    /// </summary>
    public static async Task<ContractPods> PrepareAsync(RegistryServer open, RegistryServer guarded)
    {
        await MachinePackages.EnsureAsync(Console.Error, ["umoci", "skopeo"]);
        var shelf = await ImageShelf.EnsureAsync(["alpine", "multi"], Console.Error);
        var digest = await PushVariantAsync(shelf["alpine"], open, "contract/open:1");
        await PushVariantAsync(shelf["alpine"], guarded, "contract/guarded:1");
        await PushVariantAsync(shelf["alpine"], guarded, "contract/guarded:2");
        var index = await shelf.PushAsync("multi", open, "shop/multi:1");
        var manifest = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Node", "testdata", "contract.yaml"));
        return new ContractPods(manifest
            .Replace("${PULL_SECRET}", Placeholders.PullSecretOf(guarded), StringComparison.Ordinal)
            .Replace("${OPEN}", $"{open.Address}/contract/open", StringComparison.Ordinal)
            .Replace("${GUARDED}", $"{guarded.Address}/contract/guarded", StringComparison.Ordinal)
            .Replace("${INDEX}", index.Reference, StringComparison.Ordinal)
            .Replace("${DIGEST}", digest, StringComparison.Ordinal));
    }

    /// <summary>Creates the pods and waits until each has run, ended or given up for now.</summary>
    /// <returns>By case, what the operator keeps of the pod, as a line for each container.</returns>
    public async Task<SortedDictionary<string, string>> SeenAsync(k8s.Kubernetes client)
    {
        await new ManifestApplier(client).ApplyAsync(_manifest);
        var began = Stopwatch.StartNew();
        while (true)
        {
            var pods = (await client.CoreV1.ListNamespacedPodAsync("contract")).Items;
            var late = pods.Where(pod => !IsSettled(pod)).ToList();
            if (late.Count == 0 && pods.Count == _manifest.Split("case:").Length - 1)
            {
                return new SortedDictionary<string, string>(pods.ToDictionary(pod => pod.GetLabel("case"), Text), StringComparer.Ordinal);
            }

            Assert.True(began.Elapsed < TimeSpan.FromMinutes(1), $"after a minute: {string.Join('\n', late.Select(pod => $"{pod.Name()} {KubernetesJson.Serialize(pod.Status)}"))}");
            await Task.Delay(200);
        }
    }

    private static bool IsSettled(V1Pod pod) => pod.GetLabel("case") switch
    {
        "finished" => pod.Status.Phase == "Succeeded",
        "missing" => IsRefused(pod.Status.ContainerStatuses) && pod.Status.ContainerStatuses.Any(status => status.State.Running is not null),
        "locked-out" => IsRefused(pod.Status.ContainerStatuses),
        "init-missing" => IsRefused(pod.Status.InitContainerStatuses),
        "malformed" => pod.Status.ContainerStatuses?[0].State.Waiting?.Reason == "InvalidImageName",
        _ => pod.Status.Phase == "Running",
    };

    private static bool IsRefused(IList<V1ContainerStatus>? statuses) =>
        statuses?.Any(status => status.State.Waiting?.Reason is "ErrImagePull" or "ImagePullBackOff") == true;

    private static string Text(V1Pod pod)
    {
        var view = JsonSerializer.Deserialize(KubernetesJson.Serialize(pod), PodJson.Default.PodView)!;
        // A pull that fails is one and the other by turns; and for an image that is named by its digest, containerd tells whichever of its tags it knows.
        var containers = view.Containers.Select(container => container with
        {
            Waiting = container.Waiting == "ErrImagePull" ? "ImagePullBackOff" : container.Waiting,
            StatusImage = container.Image.Contains('@', StringComparison.Ordinal) ? "" : container.StatusImage,
        });
        return string.Join('\n', [$"finished: {view.Finished}, account: {view.ServiceAccount}, secrets: {string.Join(',', view.PullSecrets)}", .. containers.Select(container => container.ToString())]);
    }

    private static async Task<string> PushVariantAsync(StageImage image, RegistryServer registry, string repository)
    {
        using var folder = new TemporaryDirectory();
        var layout = folder["layout"];
        await Tool.RunAsync("cp", ["-a", image.LayoutFolder, layout]);
        await Tool.RunAsync("umoci", ["config", "--image", $"{layout}:latest", "--config.label", $"contract={repository}"]);
        string[] login = registry.Credentials is { } who ? ["--dest-creds", $"{who.User}:{who.Password}"] : [];
        await Tool.RunAsync(
            "skopeo",
            ["copy", "--quiet", "--dest-tls-verify=false", .. login, "--digestfile", folder["digest"], $"oci:{layout}:latest", $"docker://{registry.Address}/{repository}"]);
        return (await File.ReadAllTextAsync(folder["digest"])).Trim();
    }
}

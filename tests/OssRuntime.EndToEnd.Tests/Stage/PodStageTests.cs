using System.Diagnostics;
using k8s;
using k8s.Models;
using OssRuntime.Stage.Registries;

namespace OssRuntime.EndToEnd.Tests.Stage;

public sealed class PodStageTests : IClassFixture<PlayedPods>, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly PlayedPods _played;
    private readonly k8s.Kubernetes _client;

    public PodStageTests(PlayedPods played)
    {
        Assert.SkipWhen(played.Cluster.HasNode, "the cluster has a node of its own");
        _played = played;
        _client = played.Cluster.CreateClient();
    }

    public void Dispose() => _client?.Dispose();

    [Fact]
    public async Task A_pod_runs_with_the_digest_that_its_tag_stands_for()
    {
        var began = Stopwatch.GetTimestamp();
        await CreateAsync("plain", new V1Container { Name = "main", Image = _played.Alpine.Reference });
        var pod = await UntilAsync("plain", pod => pod.Status.Phase == "Running");
        TestContext.Current.TestOutputHelper?.WriteLine($"Running after {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");

        var status = Assert.Single(pod.Status.ContainerStatuses);
        Assert.Equal($"{_played.Registry.Address}/platform/alpine@{_played.Alpine.Digest}", status.ImageID);
        Assert.Equal(_played.Alpine.Reference, status.Image);
        Assert.NotNull(status.State.Running);
        Assert.Equal("one", pod.Spec.NodeName);
        Assert.Contains(pod.Status.Conditions, condition => condition is { Type: "Ready", Status: "True" });
    }

    [Fact]
    public async Task A_quiet_pod_is_not_written_again()
    {
        await CreateAsync("quiet", new V1Container { Name = "main", Image = _played.Alpine.Reference });
        var before = await UntilAsync("quiet", pod => pod.Status.Phase == "Running");
        await CreateAsync("later", new V1Container { Name = "main", Image = _played.Alpine.Reference });
        await UntilAsync("later", pod => pod.Status.Phase == "Running");

        var after = await _client.CoreV1.ReadNamespacedPodAsync("quiet", "default");

        Assert.Equal(before.ResourceVersion(), after.ResourceVersion());
    }

    [Fact]
    public async Task Init_containers_have_ended_and_their_images_are_known()
    {
        var pod = Pod("initial", new V1Container { Name = "main", Image = _played.Alpine.Reference });
        pod.Spec.InitContainers = [new V1Container { Name = "before", Image = _played.Multi.Reference }];
        await _client.CoreV1.CreateNamespacedPodAsync(pod, "default");
        pod = await UntilAsync("initial", seen => seen.Status.Phase == "Running");

        var status = Assert.Single(pod.Status.InitContainerStatuses);
        Assert.Equal(0, status.State.Terminated.ExitCode);
        Assert.EndsWith(_played.Multi.Digest, status.ImageID, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_selector_chooses_the_node_of_another_architecture()
    {
        var pod = Pod("arm", new V1Container { Name = "main", Image = _played.Multi.Reference });
        pod.Spec.NodeSelector = new Dictionary<string, string> { ["kubernetes.io/arch"] = "arm64" };
        await _client.CoreV1.CreateNamespacedPodAsync(pod, "default");
        pod = await UntilAsync("arm", seen => seen.Status.Phase == "Running");

        Assert.Equal("two", pod.Spec.NodeName);
        Assert.EndsWith(_played.Multi.Digest, pod.Status.ContainerStatuses[0].ImageID, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_that_is_not_there_ends_in_back_off_and_runs_once_it_is()
    {
        var missing = $"{_played.Registry.Address}/shop/late:1";
        await CreateAsync("late", new V1Container { Name = "main", Image = missing });
        var pod = await UntilAsync("late", seen => seen.Status.ContainerStatuses?[0].State.Waiting?.Reason == "ImagePullBackOff");
        Assert.Equal("Pending", pod.Status.Phase);
        Assert.Equal("", pod.Status.ContainerStatuses[0].ImageID);

        await _played.Shelf.PushAsync("alpine", _played.Registry, "shop/late:1");

        await UntilAsync("late", seen => seen.Status.Phase == "Running");
    }

    [Fact]
    public async Task A_private_image_needs_the_secret_that_the_pod_names()
    {
        await using var guarded = await RegistryServer.StartAsync(new RegistryOptions { Credentials = new RegistryCredentials("shop", "s3cret") });
        var image = await _played.Shelf.PushAsync("alpine", guarded, "shop/billing:1");
        await CreateAsync("locked-out", new V1Container { Name = "main", Image = image.Reference });
        await UntilAsync("locked-out", seen => seen.Status.ContainerStatuses?[0].State.Waiting?.Reason == "ImagePullBackOff");

        await _client.CoreV1.CreateNamespacedSecretAsync(PullSecret.For(guarded, "pull"), "default");
        var pod = Pod("let-in", new V1Container { Name = "main", Image = image.Reference });
        pod.Spec.ImagePullSecrets = [new V1LocalObjectReference { Name = "pull" }];
        await _client.CoreV1.CreateNamespacedPodAsync(pod, "default");

        await UntilAsync("let-in", seen => seen.Status.Phase == "Running");
    }

    [Fact]
    public async Task A_deleted_pod_is_gone()
    {
        await CreateAsync("short", new V1Container { Name = "main", Image = _played.Alpine.Reference });
        await UntilAsync("short", pod => pod.Status.Phase == "Running");
        await _client.CoreV1.DeleteNamespacedPodAsync("short", "default");

        using var limit = new CancellationTokenSource(Patience);
        while ((await _client.CoreV1.ListNamespacedPodAsync("default", fieldSelector: "metadata.name=short", cancellationToken: limit.Token)).Items.Count > 0)
            await Task.Delay(20, limit.Token);
    }

    private Task<V1Pod> CreateAsync(string name, V1Container container) => _client.CoreV1.CreateNamespacedPodAsync(Pod(name, container), "default");

    private static V1Pod Pod(string name, V1Container container) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodSpec { Containers = [container], AutomountServiceAccountToken = false },
    };

    private async Task<V1Pod> UntilAsync(string name, Func<V1Pod, bool> holds)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var pod = await _client.CoreV1.ReadNamespacedPodAsync(name, "default", cancellationToken: CancellationToken.None);
            if (holds(pod))
                return pod;
            if (limit.IsCancellationRequested)
                Assert.Fail($"{name} stays {KubernetesJson.Serialize(pod.Status)}");
            await Task.Delay(10);
        }
    }
}

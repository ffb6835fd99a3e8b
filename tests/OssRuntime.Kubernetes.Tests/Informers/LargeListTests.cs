using System.Runtime.CompilerServices;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Informers;

/// <summary>The first list of a large cluster, from an API server's bytes to objects in a store.</summary>
[Collection("alone, for it measures the process")]
public sealed class LargeListTests(ITestOutputHelper output)
{
    private const int Pods = 20_000;
    private const int PodsPerImage = 10;

    // A pod is 6.6 kB on the wire. What it must cost is the object, its name and its images' array (160 B), its places in dictionary and list
    // (90 B); the rest is the connection's, both ends of it. No copy of the JSON hides in this.
    private const int AllocatedPerPod = 900;

    // 100,000 pods shall fit into 30 MB.
    private const int KeptPerPod = 300;

    private Store<SlimPod>? _held;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_thousand_pods_are_listed_and_decoded_within_bounds_of_memory(bool pages)
    {
        var cluster = new GeneratedPods(Pods, PodsPerImage);
        await using var server = await FakeApiServer.StartAsync(null, new FakeKind("", "v1", "pods", "Pod", Namespaced: true));
        // Pools and generated code are there before the measurement.
        await ListAsync(server, new GeneratedPods(5000, 5000), pages, expected: 5000);

        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        await HoldAsync(server, cluster, pages);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        Check();
        var kept = Live();
        var store = new WeakReference(_held);
        _held = null;
        var patience = Patience.Token;
        while (store.IsAlive)
        {
            // The connection's last reads end after the informer, and hold it until then.
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
            GC.Collect();
        }

        kept -= Live();
        output.WriteLine($"{cluster.PodBytes} bytes a pod on the wire, {allocated / Pods} bytes allocated, {kept / Pods} bytes kept");
        Assert.InRange(allocated / Pods, 0, AllocatedPerPod);
        Assert.InRange(kept / Pods, 50, KeptPerPod);
    }

    // A method of its own: what a method awaited, its state may hold for longer.
    private async Task HoldAsync(FakeApiServer server, GeneratedPods cluster, bool pages) => _held = await ListAsync(server, cluster, pages, Pods);

    private static long Live()
    {
        // Twice, because pools give back their arrays at one collection and those go with the next.
        GC.GetTotalMemory(forceFullCollection: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Check()
    {
        Assert.Equal(Pods, _held!.Count);
        var images = _held.Snapshot().SelectMany(pod => pod.Images).CountBy(image => image).ToList();
        Assert.Equal(Pods / PodsPerImage * 2, images.Count);
        Assert.All(images, image => Assert.Equal(PodsPerImage, image.Value));
    }

    private static async Task<Store<SlimPod>> ListAsync(FakeApiServer server, GeneratedPods cluster, bool pages, int expected)
    {
        var limit = pages ? 500 : expected;
        server.Fail("list", "pods", [.. Enumerable.Repeat(cluster.Answer(pages), (expected + limit - 1) / limit)]);
        using var connection = KubernetesConnection.To(server.Address, new ControllerEnvironment());
        using var stop = new CancellationTokenSource();
        var kind = new ResourceKind("", "v1", "pods", "Pod", Namespaced: true);
        var informer = new Informer<SlimPod>(new ResourceClient<SlimPod>(connection, kind, SlimPodJsonContext.Default.SlimPod));
        var run = informer.RunAsync(stop.Token);
        await informer.Synced.WaitAsync(Patience.Token);
        await stop.CancelAsync();
        await run;
        return informer.Store;
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

public sealed class RegistryClientTests
{
    [Fact]
    public async Task The_platform_is_chosen_out_of_an_index()
    {
        var amd = new ImageBuilder().Layer(RegistryReader.Package("amd")).Build();
        var arm = new ImageBuilder().Layer(RegistryReader.Package("arm")).Platform("linux", "arm64").Build();
        await using var reader = await RegistryReader.StartAsync(ImageBuilder.Index((arm, "linux/arm64/v8"), (amd, "linux/amd64")));

        var inventory = await reader.ReadAsync();

        Assert.Equal(["amd 1.0.0"], inventory.Names());
        Assert.Equal(amd.Digest, inventory.Digest!.Value.Value);
    }

    [Fact]
    public async Task A_mirror_is_asked_first_and_the_registry_when_the_mirror_has_nothing()
    {
        await using var mirror = await FakeRegistry.StartAsync();
        await using var reader = await RegistryReader.StartAsync();
        reader.Options = reader.Options with
        {
            Mirrors = reader.Options.Mirrors.Add(reader.Registry.Host, ImmutableArray.Create(new Uri($"http://{mirror.Host}/cache"))),
        };

        Assert.Single((await reader.ReadAsync()).Components);
        Assert.Equal(1, mirror.Count("/v2/cache/team/app/manifests/v1"));
        var asked = reader.Registry.Requests.Count;

        mirror.Push("cache/team/app", "v1", reader.Image);
        Assert.Single((await reader.ReadAsync()).Components);
        Assert.Equal(asked, reader.Registry.Requests.Count);
    }

    [Fact]
    public async Task No_more_requests_are_open_at_a_registry_than_allowed()
    {
        var image = new ImageBuilder();
        for (var i = 0; i < 8; i++)
        {
            image.Layer(RegistryReader.Package($"p{i}"));
        }

        await using var reader = await RegistryReader.StartAsync(image.Build());
        reader.Options = reader.Options with { RequestsPerRegistry = 1 };

        Assert.Equal(8, (await reader.ReadAsync()).Components.Length);
        Assert.Equal(1, reader.Registry.MostOpenBlobs);
    }

    [Fact(Timeout = 30_000)]
    public async Task Images_that_come_together_read_a_shared_layer_once()
    {
        await using var reader = await RegistryReader.StartAsync();
        var (layer, begin) = (reader.Image.LayerDigests[0], new TaskCompletionSource());
        reader.Registry.BlobsWaitFor = digest => digest == layer ? begin.Task : Task.CompletedTask;
        var indexer = new ImageIndexer(new InventoryOptions(), new MemoryStore(), TimeProvider.System);
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System, null);
        Assert.True(ImageReference.TryParse(reader.Reference, out var reference, out _));
        var image = new RegistryImage(reference!, client, AnonymousCredentials.Instance);

        var readings = Enumerable.Range(0, 20)
            .Select(_ => indexer.IndexAsync(image, Platform.LinuxAmd64, null, TestContext.Current.CancellationToken)).ToList();
        while (reader.Registry.Count("/manifests/") < 20)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        begin.SetResult();
        var inventories = await Task.WhenAll(readings);

        Assert.All(inventories, i => Assert.Equal(["x 1.0.0"], i.Names()));
        Assert.Equal(1, reader.Registry.Count(layer));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_image_that_may_not_read_a_layer_leaves_it_to_one_that_may()
    {
        await using var reader = await RegistryReader.StartAsync();
        var (layer, begin) = (reader.Image.LayerDigests[0], new TaskCompletionSource());
        reader.Registry.Script(
            request => request.Path.Value!.EndsWith(layer, StringComparison.Ordinal),
            async context =>
            {
                await begin.Task;
                context.Response.StatusCode = 404;
            },
            times: 1);
        var indexer = new ImageIndexer(new InventoryOptions(), null, TimeProvider.System);
        using var client = new RegistryClient(new RegistryOptions(), TimeProvider.System, null);
        Assert.True(ImageReference.TryParse(reader.Reference, out var reference, out _));
        var image = new RegistryImage(reference!, client, AnonymousCredentials.Instance);

        var readings = Enumerable.Range(0, 2)
            .Select(_ => indexer.IndexAsync(image, Platform.LinuxAmd64, null, TestContext.Current.CancellationToken)).ToList();
        while (reader.Registry.Count("/manifests/") < 2 || reader.Registry.Count(layer) < 1)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        begin.SetResult();
        await Task.WhenAny(Task.WhenAll(readings));

        Assert.Equal(1, readings.Count(r => r.IsCompletedSuccessfully));
        Assert.Equal(1, readings.Count(r => r.Exception?.InnerException is InventoryException { Failure.Reason: FailureReason.BlobUnknown }));
    }

    [Fact]
    public async Task Every_request_and_byte_is_told_to_the_observer()
    {
        await using var reader = await RegistryReader.StartAsync();
        var observer = new CountingObserver();
        reader.Observer = observer;

        var inventory = await reader.ReadAsync();

        Assert.Equal(
            [(RegistryRequestKind.Manifest, HttpStatusCode.OK), (RegistryRequestKind.Blob, HttpStatusCode.OK), (RegistryRequestKind.Blob, HttpStatusCode.OK)],
            observer.Answers.Order());
        Assert.InRange(observer.Bytes, inventory.Cost.BytesRead + reader.Image.Manifest.Length, int.MaxValue);
    }

    private sealed class CountingObserver : IRegistryObserver
    {
        private long _bytes;

        public ConcurrentBag<(RegistryRequestKind Kind, HttpStatusCode Status)> Answers { get; } = [];

        public long Bytes => _bytes;

        public void Answered(string registry, RegistryRequestKind kind, HttpStatusCode? status, TimeSpan duration) => Answers.Add((kind, status!.Value));

        public void Received(string registry, long bytes) => Interlocked.Add(ref _bytes, bytes);
    }
}

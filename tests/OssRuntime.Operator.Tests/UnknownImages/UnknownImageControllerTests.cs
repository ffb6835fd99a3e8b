using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Exposure.Pods;
using OssRuntime.Inventory.Registry;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.UnknownImages;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;
using OssRuntime.Testing.Registry;
using Prometheus;

namespace OssRuntime.Operator.Tests.UnknownImages;

/// <summary>Images that were asked for at admission are looked up, at a rate, and get an object each; on every replica, whoever leads.</summary>
public sealed class UnknownImageControllerTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StepClock _clock = new();
    private readonly SealKeys _keys = new(Enumerable.Repeat((byte)3, 32).ToArray());
    private readonly CollectorRegistry _metrics = Prometheus.Metrics.NewCustomRegistry();
    private FakeApiServer _server = null!;
    private FakeRegistry _registry = null!;
    private KubernetesConnection _connection = null!;
    private KubernetesConnection _watching = null!;
    private RegistryClient _client = null!;
    private UnknownImageQueue _queue = null!;
    private VerifiedInventories _own = null!;
    private readonly List<Task> _runs = [];

    public async ValueTask InitializeAsync()
    {
        _clock.SetUtcNow(DateTimeOffset.UtcNow);
        _registry = await FakeRegistry.StartAsync();
        _server = await FakeApiServer.StartAsync(
            null,
            new FakeKind("ossruntime.io", "v1alpha1", "imageinventories", "ImageInventory", false),
            new FakeKind("", "v1", "nodes", "Node", false),
            new FakeKind("", "v1", "secrets", "Secret", true),
            new FakeKind("", "v1", "serviceaccounts", "ServiceAccount", true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
        _watching = KubernetesConnection.To(_server.Address);
        _client = new RegistryClient(new RegistryOptions(), TimeProvider.System, null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var run in _runs)
        {
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _client.Dispose();
        _connection.Dispose();
        _watching.Dispose();
        await _server.DisposeAsync();
        await _registry.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task An_image_gets_an_object_for_each_platform_of_the_nodes_that_is_ours_and_says_what_it_may_be_pulled_with()
    {
        var index = ImageBuilder.Index((Image("a"), "linux/amd64"), (Image("b", "arm64"), "linux/arm64"));
        _registry.Push("shop/web", "1", index);
        await StartAsync(new UnknownImageLimits(), "linux/amd64", "linux/arm64", "linux/amd64", "windows/amd64");

        Offer("shop/web");
        await DigestAsync("shop/web", index.Digest);

        var made = Objects();
        Assert.Equal(["linux/amd64", "linux/arm64"], made.Select(image => image["spec"]!["platform"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.All(made, image => Assert.Equal((index.Digest, _registry.Reference("shop/web", "1"), null), (image["spec"]!["digest"]!.GetValue<string>(), image["spec"]!["image"]!.GetValue<string>(), (string?)image["report"])));
        await OwnAsync(2);
        Assert.All(_own.All, image => Assert.Equal("shop", AskedFor.Of(image, _keys)!.Value.Pull.Namespace));
    }

    [Fact]
    public async Task A_name_is_looked_up_once_and_what_has_an_object_gets_no_other()
    {
        var digest = _registry.Push("shop/web", "1", Image("a"));
        _registry.Push("shop/web", "2", Image("a"));
        await StartAsync(new UnknownImageLimits(), "linux/amd64");

        Offer("shop/web");
        Offer("shop/web");
        await DigestAsync("shop/web", Image("a").Digest);
        await OwnAsync(1);
        Offer("shop/web", tag: "2");
        await AdvanceUntilAsync(() => _queue.DigestOf(_registry.Reference("shop/web", "2")) is not null);

        Assert.Equal(1, _registry.Count("/v2/shop/web/manifests/1"));
        Assert.Single(Objects());
        Assert.Single(_server.Requests, request => request.IsWrite);
        Assert.NotNull(digest);
    }

    [Fact]
    public async Task Namespaces_take_turns_whoever_came_first()
    {
        foreach (var i in Enumerable.Range(0, 12))
        {
            _registry.Push($"flood/{i}", "1", Image("a"));
        }

        _registry.Push("shop/web", "1", Image("a"));
        _queue = new UnknownImageQueue(new UnknownImageLimits(), new AnyNamespace(), _clock, new Random(1));
        foreach (var i in Enumerable.Range(0, 12))
        {
            Offer($"flood/{i}", "flood");
        }

        Offer("shop/web");
        await StartAsync(new UnknownImageLimits(), "linux/amd64");

        // Two are looked at in the same moment.
        await AdvanceUntilAsync(() => _registry.Count("/manifests/1") >= 4);
        Assert.Contains(_registry.Requests.Select(request => request.Path).Where(path => path.Contains("/manifests/1", StringComparison.Ordinal)).Take(3), path => path.Contains("shop/web", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Registries_are_asked_at_a_rate_and_a_flood_of_reviews_makes_so_many_objects_and_no_more()
    {
        var limits = new UnknownImageLimits { Objects = 12, ObjectsOfNamespace = 5, Pace = TimeSpan.FromSeconds(1) };
        _registry.Script(request => request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal), async context =>
        {
            // Whatever is asked for is there, each an image of its own.
            var manifest = Image(context.Request.Path.Value!).Manifest;
            context.Response.ContentType = "application/vnd.oci.image.manifest.v1+json";
            await context.Response.Body.WriteAsync(manifest);
        });
        await StartAsync(limits, "linux/amd64");
        var started = _clock.GetUtcNow();
        var refused = 0;
        for (var i = 0; i < 100_000; i++)
        {
            refused += Offer($"flood/{i}", $"space-{i % 1_000}").StartsWith("too many", StringComparison.Ordinal) ? 1 : 0;
        }

        // Two are looked at by then, and have made room.
        Assert.InRange(refused, 100_000 - limits.Waiting - 2, 100_000 - limits.Waiting);
        await AdvanceUntilAsync(() => Failures("images that nobody runs") > 4);
        Assert.InRange(_registry.Count("/manifests/"), 1, (int)(_clock.GetUtcNow() - started).TotalSeconds + 2);
        Assert.InRange(Objects().Count, 1, limits.Objects);

        // One namespace has a share, and gets no more than that.
        Assert.All(Objects().GroupBy(image => image["metadata"]!["annotations"]![AskedFor.Annotation]!.GetValue<string>()), group => Assert.InRange(group.Count(), 1, 5));
    }

    [Fact]
    public async Task One_namespace_cannot_use_up_what_all_have_together()
    {
        foreach (var i in Enumerable.Range(0, 6))
        {
            _registry.Push($"flood/{i}", "1", Image($"{i}"));
        }

        _registry.Push("shop/web", "1", Image("web"));
        await StartAsync(new UnknownImageLimits { Objects = 100, ObjectsOfNamespace = 3 }, "linux/amd64");
        foreach (var i in Enumerable.Range(0, 6))
        {
            Offer($"flood/{i}", "flood");
            await AdvanceUntilAsync(() => _queue.Waiting == 0);
            await OwnAsync(Math.Min(3, i + 1));
        }

        Assert.Equal(3, Failures("images that nobody runs", Enumerable.Range(0, 6).Select(i => $"flood/{i}")));
        Offer("shop/web");
        await DigestAsync("shop/web", Image("web").Digest);
        Assert.Equal(4, Objects().Count);
    }

    [Fact]
    public async Task What_no_registry_has_waits_and_is_found_once_it_is_there()
    {
        await StartAsync(new UnknownImageLimits(), "linux/amd64");
        Offer("shop/late");
        await AdvanceUntilAsync(() => _queue.Waiting == 0);
        Assert.StartsWith("it could not be read (its registry did not give it; OssRuntime's log says why)", Offer("shop/late"), StringComparison.Ordinal);
        Assert.Empty(Objects());

        _registry.Push("shop/late", "1", Image("late"));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Offer("shop/late");
        await DigestAsync("shop/late", Image("late").Digest);
        Assert.Single(Objects());
    }

    [Fact]
    public async Task A_registry_that_refuses_and_an_API_server_that_fails_hold_up_nobody_else()
    {
        _registry.Script("/v2/shop/forbidden", HttpStatusCode.Forbidden);
        _registry.Push("shop/web", "1", Image("web"));
        await StartAsync(new UnknownImageLimits(), "linux/amd64");
        Offer("shop/forbidden");
        await AdvanceUntilAsync(() => _queue.Waiting == 0);
        Assert.StartsWith("it could not be read (its registry did not give it; OssRuntime's log says why)", Offer("shop/forbidden"), StringComparison.Ordinal);

        // As often as there are workers and once more: none of them may die of it.
        foreach (var fault in new[] { Fault.Status(500, "InternalError"), Fault.Reset, Fault.Body("no JSON at all", 201) })
        {
            _server.Fail("create", "imageinventories", fault);
            Offer("shop/web");
            await AdvanceUntilAsync(() => _queue.Waiting == 0);
            Assert.StartsWith("it could not be read (its registry did not give it; OssRuntime's log says why)", Offer("shop/web"), StringComparison.Ordinal);
            _clock.Advance(TimeSpan.FromMinutes(30));
        }

        Offer("shop/web");
        await DigestAsync("shop/web", Image("web").Digest);
    }

    [Fact]
    public async Task Two_replicas_that_are_asked_in_the_same_moment_make_one_object_and_both_know()
    {
        _registry.Push("shop/web", "1", Image("web"));
        await StartAsync(new UnknownImageLimits(), "linux/amd64");
        var first = _queue;
        Offer("shop/web");
        _queue = new UnknownImageQueue(new UnknownImageLimits(), new AnyNamespace(), _clock, new Random(2));
        Offer("shop/web");
        await StartAsync(new UnknownImageLimits(), "linux/amd64");
        await AdvanceUntilAsync(() => first.Waiting == 0 && _queue.Waiting == 0);
        Assert.Equal(Image("web").Digest, first.DigestOf(_registry.Reference("shop/web", "1"))?.Value);
        Assert.Equal(Image("web").Digest, _queue.DigestOf(_registry.Reference("shop/web", "1"))?.Value);
        Assert.Single(Objects());
    }

    [Fact]
    public async Task As_long_as_no_node_has_told_its_platform_nothing_is_looked_up()
    {
        _registry.Push("shop/web", "1", Image("web"));
        await StartAsync(new UnknownImageLimits());
        Offer("shop/web");
        await AdvanceUntilAsync(() => _queue.Waiting == 0);
        Assert.Contains("its registry did not give it", Offer("shop/web"), StringComparison.Ordinal);
        Assert.Equal(0, _registry.Count("/v2/shop"));
    }

    private async Task StartAsync(UnknownImageLimits limits, params string[] platforms)
    {
        if (_runs.Count == 0)
        {
            for (var i = 0; i < platforms.Length; i++)
            {
                var words = platforms[i].Split('/');
                _server.Create("nodes", new JsonObject
                {
                    ["metadata"] = new JsonObject { ["name"] = $"node-{i}" },
                    ["status"] = new JsonObject { ["nodeInfo"] = new JsonObject { ["operatingSystem"] = words[0], ["architecture"] = words[1] } },
                });
            }
        }

        _queue ??= new UnknownImageQueue(limits, new AnyNamespace(), _clock, new Random(1));
        var informers = new InformerRegistry(_watching);
        var nodes = informers.Get(NodeView.Resource, PodJson.Default.NodeView).Store;
        var images = informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        var seal = new ReportSeal(_keys, _clock);
        var own = new VerifiedInventories(images, seal, NullLoggerFactory.Instance);
        images.Subscribe(change => own.Refresh(change.Key));
        _own = own;
        _runs.Add(informers.RunAsync(_stop.Token));
        await informers.WhenSyncedAsync(TestContext.Current.CancellationToken);
        var client = new ResourceClient<ImageInventory>(_connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory);
        var controller = new UnknownImageController(
            _queue,
            new UnknownImageFinder(_client, new PullSecrets(_connection), nodes),
            new UnknownImageWriter(client, new Seals(_keys, seal, own), limits),
            limits,
            new UnknownImageMetrics(Prometheus.Metrics.WithCustomRegistry(_metrics)),
            _connection.Environment);
        _runs.Add(controller.RunAsync(_stop.Token));
    }

    private string Offer(string repository, string @namespace = "shop", string tag = "1") =>
        _queue.Offer(_registry.Reference(repository, tag), Samples.Pod("web") with { Key = new(@namespace, "web") }, false);

    private int Failures(string reason, IEnumerable<string>? repositories = null) =>
        (repositories ?? Enumerable.Range(0, 300).Select(i => $"flood/{i}")).Count(repository => _queue.Offer(_registry.Reference(repository, "1"), Samples.Pod("web"), dryRun: true).Contains(reason, StringComparison.Ordinal));

    private List<JsonObject> Objects() =>
        [.. _server.Requests.Where(request => request is { IsWrite: true, Verb: "create" }).Select(request => JsonNode.Parse(request.Body)!["metadata"]!["name"]!.GetValue<string>()).Distinct().Select(Find).OfType<JsonObject>()];

    private JsonObject? Find(string name)
    {
        try
        {
            return _server.Get("imageinventories", null, name);
        }
        catch (FakeStatusException)
        {
            return null;
        }
    }

    private Task DigestAsync(string repository, string digest) => AdvanceUntilAsync(() => _queue.DigestOf(_registry.Reference(repository, "1"))?.Value == digest);

    private Task OwnAsync(int count) => AdvanceUntilAsync(() => _own.All.Count == count);

    // Workers wait by the clock between two names; what they do in between is real.
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private static BuiltImage Image(string unique, string architecture = "amd64") => new ImageBuilder().Platform("linux", architecture).Layer(tar => tar.File("unique", unique)).Build();
}

using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>The key is made once, shared, followed by another, and lost.</summary>
public sealed class SealKeyKeeperTests : IAsyncLifetime
{
    private readonly StepClock _clock = new();
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, new FakeKind("", "v1", "secrets", "Secret", true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
    }

    public async ValueTask DisposeAsync()
    {
        _events.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Replicas_share_one_key_whoever_comes_first()
    {
        var rings = Enumerable.Range(0, 4).Select(_ => new SealKeys()).ToList();
        await Task.WhenAll(rings.Select(keys => Keeper(keys).LoadAsync(needed: true, TestContext.Current.CancellationToken)));
        var seal = rings[0].Of("report");
        Assert.NotNull(seal);
        Assert.All(rings, keys => Assert.Equal(seal, keys.Of("report")));
    }

    [Fact]
    public async Task A_key_that_is_put_in_the_place_of_another_is_taken_over_while_the_old_one_still_opens()
    {
        var keys = new SealKeys();
        var keeper = Keeper(keys);
        await keeper.LookAsync(default);
        var old = keys.Of("report");
        _server.Change("secrets", "ossruntime", "keys", secret =>
        {
            var data = secret["data"]!.AsObject();
            data["previous"] = data["key"]!.DeepClone();
            data["key"] = Convert.ToBase64String(Enumerable.Repeat((byte)5, 32).ToArray());
        });
        await OperatorStage.TakeAsync(_events);
        await keeper.LookAsync(default);
        Assert.NotEqual(old, keys.Of("report"));
        Assert.True(keys.Open(old, "report"));
        Assert.Equal([(ClusterEvent.SealKeysChanged, Lane.Normal)], await OperatorStage.TakeAsync(_events));
        await keeper.LookAsync(default);
        Assert.Empty(await OperatorStage.TakeAsync(_events));

        _server.Change("secrets", "ossruntime", "keys", secret => secret["data"]!.AsObject().Remove("previous"));
        await keeper.LookAsync(default);
        Assert.False(keys.Open(old, "report"));
    }

    [Fact]
    public async Task A_secret_that_is_deleted_is_made_anew_and_ends_what_was_sealed()
    {
        SealKeys one = new(), two = new();
        var (first, second) = (Keeper(one), Keeper(two));
        await first.LookAsync(default);
        await second.LookAsync(default);
        var old = one.Of("report");
        _server.Delete("secrets", "ossruntime", "keys");
        await first.LookAsync(default);
        await second.LookAsync(default);
        Assert.False(one.Open(old, "report"));
        Assert.Equal(one.Of("report"), two.Of("report"));
    }

    [Fact]
    public async Task A_secret_without_a_key_changes_nothing_for_who_has_one()
    {
        var keys = new SealKeys();
        var keeper = Keeper(keys);
        await keeper.LookAsync(default);
        var before = keys.Of("report");
        _server.Change("secrets", "ossruntime", "keys", secret => secret["data"] = new JsonObject { ["key"] = "AAAA" });
        Assert.False(await keeper.LookAsync(default));
        Assert.Equal(before, keys.Of("report"));
    }

    [Fact]
    public async Task Who_may_not_read_it_and_does_not_need_it_goes_on_without()
    {
        _server.Fail("get", "secrets", Fault.Status(403, "Forbidden"));
        var keys = new SealKeys();
        await Keeper(keys).LoadAsync(needed: false, TestContext.Current.CancellationToken);
        Assert.False(keys.Any);
    }

    private SealKeyKeeper Keeper(SealKeys keys) => new(_connection, new ObjectKey("ossruntime", "keys"), keys, _events, _connection.Environment);
}

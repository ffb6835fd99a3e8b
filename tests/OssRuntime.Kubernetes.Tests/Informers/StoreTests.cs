using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;

namespace OssRuntime.Kubernetes.Tests.Informers;

public sealed class StoreTests
{
    private readonly Store<Widget> _store = new(NullLogger.Instance);
    private readonly List<Change<Widget>> _changes = [];

    [Fact]
    public void A_change_carries_the_old_state_and_the_new()
    {
        _store.Subscribe(_changes.Add);
        var first = Make("a", "1", parts: "x");
        var second = Make("a", "2", parts: "y");
        _store.Upsert(first);
        _store.Upsert(second);
        _store.Remove(first.Key);
        Assert.Equal([(null, first), (first, second), (second, null)], _changes.Select(change => (change.Old, change.New)));
    }

    [Fact]
    public void A_state_that_is_known_is_no_change()
    {
        _store.Upsert(Make("a", "1"));
        _store.Subscribe(_changes.Add);
        _changes.Clear();
        _store.Upsert(Make("a", "1"));
        _store.Remove(new ObjectKey("ns", "unknown"));
        Assert.Empty(_changes);
    }

    [Fact]
    public void An_object_that_was_recreated_unseen_comes_as_gone_and_new()
    {
        _store.Upsert(Make("a", "1", uid: "u1"));
        _store.Subscribe(_changes.Add);
        _changes.Clear();
        _store.Replace([Make("a", "9", uid: "u2")], new HashSet<ObjectKey>(), initial: false);
        Assert.Equal([("u1", null), (null, "u2")], _changes.Select(change => (change.Old?.Uid, change.New?.Uid)));
    }

    [Fact]
    public void A_complete_list_removes_what_it_does_not_hold()
    {
        _store.Replace([Make("a", "1"), Make("b", "1")], new HashSet<ObjectKey>(), initial: true);
        _store.Subscribe(_changes.Add);
        _changes.Clear();
        _store.Replace([Make("b", "1"), Make("c", "2")], new HashSet<ObjectKey>(), initial: false);
        Assert.Equal(["a gone", "c new"], _changes.Select(change => $"{change.Key.Name} {(change.New is null ? "gone" : "new")}").Order());
        Assert.Equal(["b", "c"], _store.Snapshot().Select(widget => widget.Metadata.Name).Order());
    }

    [Fact]
    public void An_object_that_exists_and_cannot_be_read_stays_as_it_was_known()
    {
        _store.Upsert(Make("a", "1"));
        _store.Replace([], new HashSet<ObjectKey> { new("ns", "a") }, initial: false);
        Assert.NotNull(_store.Get(new ObjectKey("ns", "a")));
    }

    [Fact]
    public void A_handler_that_comes_late_is_told_of_what_is_there_as_initial()
    {
        _store.Upsert(Make("a", "1"));
        _store.Subscribe(_changes.Add);
        Assert.True(Assert.Single(_changes).Initial);
        _store.Upsert(Make("b", "1"));
        Assert.False(_changes[1].Initial);
    }

    [Fact]
    public void A_handler_that_left_hears_nothing_more()
    {
        _store.Subscribe(_changes.Add).Dispose();
        _store.Upsert(Make("a", "1"));
        Assert.Empty(_changes);
    }

    [Fact]
    public void A_handler_that_throws_keeps_nobody_else_from_hearing()
    {
        _store.Subscribe(static _ => throw new InvalidOperationException("as the test wished"));
        _store.Subscribe(_changes.Add);
        _store.Upsert(Make("a", "1"));
        Assert.Single(_changes);
    }

    [Fact]
    public void A_snapshot_is_the_same_array_until_something_changes()
    {
        _store.Upsert(Make("a", "1"));
        var before = _store.Snapshot();
        Assert.Same(before, _store.Snapshot());
        _store.Upsert(Make("a", "2"));
        Assert.NotSame(before, _store.Snapshot());
        Assert.Equal("1", Assert.Single(before).ResourceVersion);
    }

    private static Widget Make(string name, string version, string uid = "u", params string[] parts) => new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = name, Uid = uid, ResourceVersion = version },
        Spec = new WidgetSpec { Parts = parts },
    };
}

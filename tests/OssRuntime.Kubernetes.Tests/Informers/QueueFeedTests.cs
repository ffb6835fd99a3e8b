using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Tests.Informers;

public sealed class QueueFeedTests : IDisposable
{
    private readonly Store<Widget> _store = new(NullLogger.Instance);
    private readonly WorkQueue<string> _queue = new("parts", new ControllerEnvironment());

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_change_concerns_what_the_object_had_and_what_it_has()
    {
        _store.Feed(_queue, static widget => widget.Spec!.Parts!);
        _store.Upsert(Make("1", "old"));
        Assert.Equal("old", (await TakeAsync()).Key);
        _store.Upsert(Make("2", "new"));
        Assert.Equal(["old", "new"], [(await TakeAsync()).Key, (await TakeAsync()).Key]);
        _store.Remove(new ObjectKey("ns", "a"));
        Assert.Equal("new", (await TakeAsync()).Key);
    }

    [Fact]
    public async Task What_was_there_is_backlog_and_what_comes_is_news()
    {
        _store.Replace([Make("1", "x")], new HashSet<ObjectKey>(), initial: true);
        _store.Feed(_queue, static widget => widget.Spec!.Parts!);
        Assert.Equal(Lane.Low, (await TakeAsync()).Lane);
        _store.Upsert(Make("2", "x"));
        Assert.Equal(Lane.Normal, (await TakeAsync()).Lane);
    }

    private static Widget Make(string version, string part) => new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = "a", Uid = "u", ResourceVersion = version },
        Spec = new WidgetSpec { Parts = [part] },
    };

    private async Task<WorkItem<string>> TakeAsync()
    {
        var item = (await _queue.TakeAsync(Patience.Token))!.Value;
        _queue.Done(item.Key);
        return item;
    }
}

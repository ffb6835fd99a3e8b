using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.State;

public sealed class RunningPodsTests
{
    private readonly RunningPods _running = new();

    [Fact]
    public void A_pod_that_goes_over_to_another_image_touches_both()
    {
        _running.Set(Samples.Running("a", Samples.Workload("web"), Samples.Image('1')));
        var touched = _running.Set(Samples.Running("a", Samples.Workload("web"), Samples.Image('2')));

        Assert.Equal([Samples.Image('1'), Samples.Image('2')], touched.Images);
        Assert.Equal([Samples.Workload("web")], touched.Workloads);
        Assert.Empty(_running.Of(Samples.Image('1')));
        Assert.Equal([Samples.Image('2')], _running.Images);
    }

    [Fact]
    public void A_pod_that_is_gone_touches_what_it_ran()
    {
        _running.Set(Samples.Running("a", Samples.Workload("web"), Samples.Image('1'), Samples.Image('1'), Samples.Image('2')));
        var touched = _running.Remove(new ObjectKey("shop", "a"));

        Assert.Equal([Samples.Image('1'), Samples.Image('2')], touched.Images);
        Assert.Empty(_running.Images);
        Assert.Empty(_running.Of(Samples.Workload("web")));
    }

    [Fact]
    public void An_unknown_pod_touches_nothing() => Assert.Empty(_running.Remove(new ObjectKey("shop", "a")).Workloads);

    [Fact]
    public void Pods_of_one_image_and_of_one_workload_come_in_the_order_of_their_names()
    {
        foreach (var name in (ReadOnlySpan<string>)["c", "a", "b"])
        {
            _running.Set(Samples.Running(name, Samples.Workload("web"), Samples.Image('1')));
        }

        Assert.Equal(["a", "b", "c"], _running.Of(Samples.Image('1')).Select(pod => pod.Pod.Key.Name));
        Assert.Equal(["a", "b", "c"], _running.Of(Samples.Workload("web")).Select(pod => pod.Pod.Key.Name));
    }

    [Fact]
    public void A_pod_that_is_as_it_was_touches_nothing_and_one_that_changed_in_anything_touches_its_own()
    {
        var pod = Samples.Running("a", Samples.Workload("web"), Samples.Image('1'));
        Assert.Equal([Samples.Workload("web")], _running.Set(pod).Workloads);
        Assert.Same(Touched.Nothing, _running.Set(Samples.Running("a", Samples.Workload("web"), Samples.Image('1'))));
        Assert.Same(Touched.Nothing, _running.Set(pod with { Pod = pod.Pod with { ResourceVersion = "2" } }));
        RunningPod[] changes =
        [
            pod with { ApiVersion = "apps/v2" }, pod with { OwnerProblem = "no answer" }, pod with { InDoubtSince = DateTimeOffset.UnixEpoch }, pod with { Above = ["Platform/a"] },
            pod with { Pod = pod.Pod with { Node = "node-b" } }, pod with { Containers = [] }, pod with { Workload = Samples.Workload("other") },
        ];
        Assert.All(changes, change =>
        {
            _running.Set(pod);
            Assert.Contains(change.Workload, _running.Set(change).Workloads);
        });
    }

    [Fact]
    public void A_namespace_is_in_doubt_as_long_as_one_of_its_pods_is()
    {
        var pod = Samples.Running("a", Samples.Workload("web"), Samples.Image('1'));
        _running.Set(pod with { InDoubtSince = DateTimeOffset.UnixEpoch });
        Assert.True(_running.IsInDoubt("shop"));
        Assert.False(_running.IsInDoubt("other"));
        _running.Set(pod);
        Assert.False(_running.IsInDoubt("shop"));
        _running.Set(pod with { InDoubtSince = DateTimeOffset.UnixEpoch });
        _running.Remove(pod.Pod.Key);
        Assert.False(_running.IsInDoubt("shop"));
    }

    [Fact]
    public void Workloads_and_images_are_found_by_their_objects_names_until_the_last_pod_is_gone()
    {
        var (web, again) = (Samples.Workload("web"), Samples.Workload("web", "u2"));
        var report = new ObjectKey("shop", web.ReportName);
        var name = Samples.Image('1').ResourceName;
        _running.Set(Samples.Running("a", web, Samples.Image('1')));
        _running.Set(Samples.Running("b", web, Samples.Image('1')));
        _running.Set(Samples.Running("c", again));

        Assert.Equal([web, again], _running.WorkloadsOf(report));
        Assert.Equal([web, again], _running.WorkloadsIn("shop"));
        Assert.Equal([web, again], _running.WorkloadsIn(null));
        Assert.Empty(_running.WorkloadsIn("other"));
        Assert.Equal(Samples.Image('1'), _running.ImageOf(name));
        _running.Remove(new ObjectKey("shop", "a"));
        Assert.Equal([web, again], _running.WorkloadsOf(report));
        Assert.Equal(Samples.Image('1'), _running.ImageOf(name));
        _running.Remove(new ObjectKey("shop", "b"));
        Assert.Equal([again], _running.WorkloadsOf(report));
        Assert.Null(_running.ImageOf(name));
        _running.Remove(new ObjectKey("shop", "c"));
        Assert.Empty(_running.WorkloadsOf(report));
        Assert.Empty(_running.WorkloadsIn(null));
        Assert.Empty(_running.All);
        Assert.Null(_running.Find(new ObjectKey("shop", "c")));
    }
}

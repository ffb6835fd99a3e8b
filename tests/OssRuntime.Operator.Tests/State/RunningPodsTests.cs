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
}

using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.Hosting;

/// <summary>A probe is told what is waited for; who ends is not ready and answers on.</summary>
public sealed class ReadinessTests
{
    private readonly PodBacklog _backlog = new();
    private readonly Readiness _readiness;

    public ReadinessTests() => _readiness = new Readiness(_backlog, new InformerRegistry(KubernetesConnection.To(new Uri("http://127.0.0.1:1"))));

    [Fact]
    public void From_the_first_moment_it_says_what_is_waited_for()
    {
        Assert.Equal((false, "not ready: waiting for the API server", false), (_readiness.IsReady, _readiness.Text, _readiness.IsServing));
        _readiness.WaitFor("the first lists");
        Assert.Equal(("not ready: waiting for the first lists", false), (_readiness.Text, _readiness.IsServing));
    }

    [Fact]
    public void It_is_ready_while_pods_of_the_start_are_still_looked_at_and_says_how_many()
    {
        _backlog.Open([new ObjectKey("shop", "a"), new ObjectKey("shop", "b")]);
        _readiness.Ready();
        Assert.Equal((true, "ok; the start is not complete: 2 pods were not looked at yet", true), (_readiness.IsReady, _readiness.Text, _readiness.IsServing));
        _backlog.Complete(new ObjectKey("shop", "a"));
        _backlog.Complete(new ObjectKey("shop", "b"));
        Assert.Equal("ok", _readiness.Text);
    }

    [Fact]
    public void Who_is_told_to_stop_is_not_ready_and_is_served_while_it_is_still_asked()
    {
        _readiness.Ready();
        _readiness.ShutDown();
        Assert.Equal((false, "not ready: shutting down", true), (_readiness.IsReady, _readiness.Text, _readiness.IsServing));
    }
}

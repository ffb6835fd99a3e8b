using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.State;

public sealed class PodBacklogTests
{
    private static readonly ObjectKey First = new("shop", "a");
    private static readonly ObjectKey Second = new("shop", "b");

    [Fact]
    public void It_is_done_when_every_pod_of_the_start_was_looked_at()
    {
        var backlog = new PodBacklog();
        backlog.Open([First, Second]);
        backlog.Complete(First);
        Assert.False(backlog.Done.IsCompleted);
        backlog.Complete(Second);
        Assert.True(backlog.Done.IsCompleted);
    }

    [Fact]
    public void It_is_not_done_before_the_start_is_known()
    {
        var backlog = new PodBacklog();
        backlog.Complete(First);
        Assert.False(backlog.Done.IsCompleted);
    }

    [Fact]
    public void An_empty_cluster_has_none()
    {
        var backlog = new PodBacklog();
        backlog.Open([]);
        Assert.True(backlog.Done.IsCompleted);
    }

    [Fact]
    public void A_pod_counts_as_backlog_until_it_was_looked_at_once()
    {
        var backlog = new PodBacklog();
        Assert.True(backlog.Holds(First));
        backlog.Open([First]);
        Assert.True(backlog.Holds(First));
        Assert.False(backlog.Holds(Second));
        backlog.Complete(First);
        Assert.False(backlog.Holds(First));
    }

    [Fact]
    public void A_pod_that_was_looked_at_before_the_counting_is_not_waited_for()
    {
        var backlog = new PodBacklog();
        backlog.Complete(new ObjectKey("shop", "early"));
        backlog.Open([new ObjectKey("shop", "early"), new ObjectKey("shop", "late")]);
        Assert.False(backlog.Done.IsCompleted);
        backlog.Complete(new ObjectKey("shop", "late"));
        Assert.True(backlog.Done.IsCompleted);
    }

    [Fact]
    public void What_is_left_is_told_once_it_was_counted()
    {
        var backlog = new PodBacklog();
        Assert.Null(backlog.Left);
        backlog.Open([First, Second]);
        Assert.Equal(2, backlog.Left);
        backlog.Complete(First);
        backlog.Complete(First);
        Assert.Equal(1, backlog.Left);
        backlog.Complete(Second);
        Assert.Equal(0, backlog.Left);
    }
}

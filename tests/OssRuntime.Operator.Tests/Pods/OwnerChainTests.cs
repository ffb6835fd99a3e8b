using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Pods;

namespace OssRuntime.Operator.Tests.Pods;

/// <summary>Which of a pod's owners is the workload, and what stands above it.</summary>
public sealed class OwnerChainTests
{
    [Theory]
    [InlineData("", null, "")]
    [InlineData("apps/v1 ReplicaSet, apps/v1 Deployment", "Deployment", "")]
    [InlineData("apps/v1 ReplicaSet, apps/v1 Deployment, example.com/v1 Platform", "Deployment", "Platform/2")]
    [InlineData("batch/v1 Job, batch/v1 CronJob", "CronJob", "")]
    [InlineData("batch/v1 Job, example.com/v1 Pipeline", "Job", "Pipeline/1")]
    [InlineData("apps/v1 ReplicaSet, argoproj.io/v1alpha1 Rollout", "Rollout", "")]
    [InlineData("v1 ReplicationController, apps.openshift.io/v1 DeploymentConfig", "DeploymentConfig", "")]
    [InlineData("apps/v1 StatefulSet, example.com/v1 Database, example.com/v1 Fleet", "StatefulSet", "Database/1 Fleet/2")]
    [InlineData("apps/v1 ReplicaSet, apps/v1 Deployment, apps/v1 StatefulSet", "StatefulSet", "")]
    // Without a template the nearest that is no revision; a revision alone is what there is.
    [InlineData("example.com/v1 Runner, example.com/v1 RunnerSet", "Runner", "RunnerSet/1")]
    [InlineData("apps/v1 ReplicaSet, example.com/v1 Thing", "Thing", "")]
    [InlineData("apps/v1 ReplicaSet", "ReplicaSet", "")]
    // Another group's kind of the same name has no template that we know.
    [InlineData("apps/v1 ReplicaSet, apps/v1 Deployment, example.com/v1 Deployment", "Deployment", "Deployment/2")]
    [InlineData("example.com/v1 ReplicaSet, example.com/v1 Deployment", "ReplicaSet", "Deployment/1")]
    public void The_workload_is_the_highest_with_a_template_of_pods(string owners, string? workload, string above)
    {
        var chain = Chain(owners);
        Assert.Equal(workload, chain.Workload?.Kind);
        Assert.Equal(above, string.Join(' ', chain.Above));
    }

    [Theory]
    [InlineData("apps/v1beta2 ReplicaSet, apps/v1beta2 Deployment, example.com/v1 X", "Deployment")]
    [InlineData("batch/v1beta1 Job, batch/v1beta1 CronJob, example.com/v1 X", "CronJob")]
    public void The_version_of_a_kind_changes_nothing(string owners, string workload) => Assert.Equal(workload, Chain(owners).Workload!.Kind);

    [Theory]
    [InlineData("apps/v1 ReplicaSet", true)]
    [InlineData("v1 ReplicationController", true)]
    [InlineData("batch/v1 Job", true)]
    [InlineData("apps/v1 ReplicaSet, apps/v1 Deployment", false)]
    [InlineData("example.com/v1 Platform", false)]
    [InlineData("example.com/v1 Job", false)]
    public void What_ended_at_a_revision_or_a_job_is_in_doubt(string owners, bool doubt)
    {
        Assert.Equal(doubt, Chain(owners, "cannot be read").IsInDoubt);
        Assert.False(Chain(owners).IsInDoubt);
    }

    [Fact]
    public void A_pod_that_stands_alone_is_never_in_doubt() => Assert.False(new OwnerChain([], "cannot be read").IsInDoubt);

    // Each is named after its height.
    private static OwnerChain Chain(string owners, string? problem = null) => new(
        [
            .. owners.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(owner => owner.Split(' '))
                .Select((words, height) => new OwnerReference { ApiVersion = words[0], Kind = words[1], Name = $"{height}", Uid = $"u{height}", Controller = true }),
        ],
        problem);
}

namespace OssRuntime.Stage.Pods;

/// <summary>What the pod stage pretends to be.</summary>
public sealed record PodStageOptions
{
    /// <summary>The nodes that it plays; a pod goes to the first one that its selectors allow.</summary>
    public IReadOnlyList<StageNode> Nodes { get; init; } = [new StageNode("stage")];

    /// <summary>After a failed pull, how long until the next try; a kubelet begins with ten seconds.</summary>
    public TimeSpan PullRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the pod of a Job runs until it has succeeded.</summary>
    public TimeSpan JobDuration { get; init; } = TimeSpan.FromSeconds(2);
}

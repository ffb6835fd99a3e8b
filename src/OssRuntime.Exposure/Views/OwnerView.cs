namespace OssRuntime.Exposure.Views;

/// <summary>A workload's metadata: what its owner declares.</summary>
internal sealed record OwnerView(ViewMetadata Metadata) : IView
{
    /// <summary>The kinds whose own annotations are read.</summary>
    public static readonly (string Group, string Kind)[] Kinds = [("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("batch", "CronJob")];
}

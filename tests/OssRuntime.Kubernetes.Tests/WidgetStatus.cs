namespace OssRuntime.Kubernetes.Tests;

public sealed record WidgetStatus
{
    public string? Phase { get; init; }

    public long? ObservedGeneration { get; init; }

    public string? ContentHash { get; init; }
}

namespace OssRuntime.Kubernetes.Tests;

public sealed record WidgetStatus
{
    public string? Phase { get; init; }

    public string? ContentHash { get; init; }
}

namespace OssRuntime.Kubernetes.Tests;

public sealed record WidgetSpec
{
    public int Size { get; init; }

    public string? Colour { get; init; }

    public IReadOnlyList<string>? Parts { get; init; }
}

namespace OssRuntime.Exposure.Pods;

/// <summary>
/// A container as its pod's spec and status tell it.
/// </summary>
/// <param name="Name">Its name in the pod.</param>
/// <param name="Class">What it is to the pod.</param>
/// <param name="Image">The name in the spec, a tag more often than not.</param>
/// <param name="ImageId">What the kubelet says was pulled; empty until then.</param>
/// <param name="Waiting">Why it waits (<c>ImagePullBackOff</c>), or null.</param>
internal sealed record PodContainer(string Name, ContainerClass Class, string Image, string ImageId, string? Waiting)
{
    /// <summary>The name in the same status as <see cref="ImageId"/>, which is what that name stood for; empty where the status has none.</summary>
    public string StatusImage { get; init; } = "";
}

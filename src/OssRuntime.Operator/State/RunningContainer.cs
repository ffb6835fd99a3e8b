using OssRuntime.Exposure.Pods;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>A container and the image that runs in it; where that is not known, how it counts for coverage and why.</summary>
internal sealed record RunningContainer(PodContainer Container, ImageKey? Image, ImageState Unknown = ImageState.Pending, string? Problem = null)
{
    /// <summary>What names the image when images are counted: its key, else the name in the spec.</summary>
    public string ImageName => Image?.ResourceName ?? Container.Image;

    /// <summary>The state of the image by what is known.</summary>
    public ImageState StateIn(FactsIndex facts) => Image is null ? Unknown : facts.Find(Image)?.State ?? ImageState.Pending;
}

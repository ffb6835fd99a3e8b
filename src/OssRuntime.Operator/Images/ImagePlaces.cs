using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>Where an image may be had.</summary>
/// <param name="References">The places, the likeliest first.</param>
/// <param name="Identities">Who may pull there.</param>
internal sealed record ImagePlaces(IReadOnlyList<ImageReference> References, IReadOnlyList<PullIdentity> Identities)
{
    private const int Most = 4;

    /// <summary>The places that the pods of an image name.</summary>
    public static ImagePlaces Of(ImageKey key, IReadOnlyList<RunningPod> pods) => new(
        [
            .. pods.SelectMany(pod => pod.Containers)
                .Where(container => container.Image == key)
                .SelectMany(container => ImageIdentity.References(container.Container.Image, container.Container.ImageId, out _))
                .Distinct()
                .Take(Most),
        ],
        [.. pods.Select(pod => PullIdentity.Of(pod.Pod))]);
}

using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>Where an image may be had.</summary>
/// <param name="All">The places, the likeliest first.</param>
internal sealed record ImagePlaces(IReadOnlyList<ImagePlace> All)
{
    private const int Most = 32;
    private const int MostOfNamespace = 4;

    /// <summary>The places that the pods of an image name: of each namespace the first, then the second, so that none keeps the others' from being tried.</summary>
    public static ImagePlaces Of(ImageKey key, IReadOnlyList<RunningPod> pods) => new(
    [
        .. pods.GroupBy(pod => pod.Pod.Key.Namespace, StringComparer.Ordinal)
            .SelectMany(own => own.SelectMany(pod => PlacesOf(key, pod)).Distinct().Take(MostOfNamespace).Select((place, turn) => (place, turn)))
            .OrderBy(pair => pair.turn)
            .Select(pair => pair.place)
            .Take(Most),
    ]);

    private static IEnumerable<ImagePlace> PlacesOf(ImageKey key, RunningPod pod) => pod.Containers
        .Where(container => container.Image == key)
        .SelectMany(container => ImageIdentity.References(container.Container.Image, container.Container.ImageId, out _))
        .Select(reference => new ImagePlace(reference, PullIdentity.Of(pod.Pod)));
}

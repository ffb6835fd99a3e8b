using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.UnknownImages;

/// <summary>An image that somebody wants to run and that nobody has run yet.</summary>
/// <param name="Name">As the pod names it.</param>
/// <param name="Image">The same, read.</param>
/// <param name="Pull">What that pod may pull it with.</param>
internal sealed record UnknownImage(string Name, ImageReference Image, PullIdentity Pull);

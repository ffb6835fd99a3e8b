using OssRuntime.Model.Images;
using OssRuntime.Operator.Images;

namespace OssRuntime.Operator.Newcomers;

/// <summary>An image that somebody wants to run and that nobody has run yet.</summary>
/// <param name="Name">As the pod names it.</param>
/// <param name="Image">The same, read.</param>
/// <param name="Pull">What that pod may pull it with.</param>
internal sealed record Newcomer(string Name, ImageReference Image, PullIdentity Pull);

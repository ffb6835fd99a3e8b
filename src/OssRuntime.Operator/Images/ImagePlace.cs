using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Images;

/// <summary>Where somebody pulls an image from, and with what. Nobody's secret is used where somebody else says that the image is.</summary>
internal sealed record ImagePlace(ImageReference Reference, PullIdentity Identity);

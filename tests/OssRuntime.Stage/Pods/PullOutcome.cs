namespace OssRuntime.Stage.Pods;

/// <summary>What came of asking a registry for an image.</summary>
/// <param name="Image">The full name, as containerd reports it.</param>
/// <param name="ImageId"><c>repository@digest</c> where the image was found.</param>
/// <param name="Reason">Where it was not: the kubelet's word, like <c>ErrImagePull</c>.</param>
/// <param name="Message">Where it was not: why.</param>
internal sealed record PullOutcome(string Image, string? ImageId, string? Reason = null, string? Message = null);

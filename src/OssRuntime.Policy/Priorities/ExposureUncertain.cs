namespace OssRuntime.Policy.Priorities;

/// <summary>Something that may make a workload reachable from farther away than what was understood shows.</summary>
/// <param name="AtMost">From how far away at most, if it does.</param>
/// <param name="Text">What it is: <c>HTTPProxy shop/web (projectcontour.io) is not understood</c>.</param>
public sealed record ExposureUncertain(ExposureLevel AtMost, string Text);

namespace OssRuntime.Policy.Exceptions;

/// <summary>Where a rule was broken.</summary>
/// <param name="Namespace">The namespace.</param>
/// <param name="Workload"><c>Kind/name</c> of the workload, or null where it is not known.</param>
/// <param name="Image">The image as the pod writes it.</param>
/// <param name="Digest">Its digest, or null where it is not known.</param>
public sealed record ExceptionScope(string Namespace, string? Workload, string Image, string? Digest);

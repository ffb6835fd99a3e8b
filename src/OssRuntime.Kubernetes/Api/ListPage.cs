namespace OssRuntime.Kubernetes.Api;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects that could be read.</param>
/// <param name="ResourceVersion">The version of the whole list: where a watch goes on.</param>
/// <param name="Continue">The token for the next page; null on the last.</param>
/// <param name="Undecodable">The objects that could not be read, with the reason.</param>
public sealed record ListPage<T>(
    IReadOnlyList<T> Items, string ResourceVersion, string? Continue, IReadOnlyList<UndecodableObject> Undecodable);

namespace OssRuntime.Stage.Registries;

/// <summary>One request that a registry has answered.</summary>
/// <param name="Method">GET, HEAD, …</param>
/// <param name="Path">Path and query, like <c>/v2/shop/python/manifests/1</c>.</param>
/// <param name="Code">The HTTP status of the answer.</param>
/// <param name="UserAgent">Who asked, by its own word.</param>
public sealed record AccessedPath(string Method, string Path, int Code, string UserAgent);

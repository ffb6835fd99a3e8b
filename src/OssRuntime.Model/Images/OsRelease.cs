using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Images;

/// <summary>
/// The distribution of an image as its <c>os-release</c> file tells it (os-release(5)): <c>ID</c>, <c>VERSION_ID</c>, <c>VERSION_CODENAME</c>,
/// <c>PRETTY_NAME</c>, <c>ID_LIKE</c>. Rolling distributions have no version.
/// </summary>
public sealed record OsRelease(string Id, string? VersionId, string? Codename, string? PrettyName, EquatableArray<string> IdLike, string? CpeName = null);

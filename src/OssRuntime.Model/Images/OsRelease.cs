using System.Collections.Immutable;

namespace OssRuntime.Model.Images;

/// <summary>
/// The distribution of an image as its <c>os-release</c> file tells it (os-release(5)): <c>ID</c>, <c>VERSION_ID</c>, <c>VERSION_CODENAME</c>,
/// <c>PRETTY_NAME</c>, <c>ID_LIKE</c>. Rolling distributions have no version.
/// </summary>
public sealed record OsRelease(string Id, string? VersionId, string? Codename, string? PrettyName, ImmutableArray<string> IdLike, string? CpeName = null)
{
    /// <inheritdoc/>
    public bool Equals(OsRelease? other) =>
        other is not null
        && Id == other.Id && VersionId == other.VersionId && Codename == other.Codename && PrettyName == other.PrettyName
        && IdLike.AsSpan().SequenceEqual(other.IdLike.AsSpan()) && CpeName == other.CpeName;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, VersionId, Codename, PrettyName, CpeName);
}

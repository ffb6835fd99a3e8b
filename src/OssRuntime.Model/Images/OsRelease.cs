using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Images;

/// <summary>
/// The distribution of an image as its <c>os-release</c> file tells it (os-release(5)): <c>ID</c>, <c>VERSION_ID</c>, <c>VERSION_CODENAME</c>,
/// <c>PRETTY_NAME</c>, <c>ID_LIKE</c>. Rolling distributions have no version.
/// </summary>
public sealed record OsRelease(string Id, string? VersionId, string? Codename, string? PrettyName, EquatableArray<string> IdLike, string? CpeName = null)
{
    private const int VersionPart = 4;

    /// <summary>The version that the CPE name has (<c>9</c> of <c>cpe:/o:redhat:enterprise_linux:9::baseos</c>), or null.</summary>
    public string? CpeVersion
    {
        get
        {
            var parts = CpeName?.Replace("cpe:2.3:", "cpe:/", StringComparison.OrdinalIgnoreCase).Split(':') ?? [];
            return parts.Length > VersionPart && parts[VersionPart] is { Length: > 0 } version and not "*" and not "-" ? version : null;
        }
    }

    /// <summary>True for Alpine's edge, whose version is that of the release it will become, with more than numbers in it.</summary>
    public bool IsRolling =>
        Id == "alpine"
        && (VersionId == "edge" || Codename == "edge" || VersionId?.Contains('_', StringComparison.Ordinal) == true || PrettyName?.Contains("edge", StringComparison.Ordinal) == true);
}

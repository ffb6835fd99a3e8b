using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>The distribution that an SBOM names, while it is read.</summary>
internal sealed class OsDraft
{
    public string? Id { get; set; }

    public string? VersionId { get; set; }

    public string? Codename { get; set; }

    public string? PrettyName { get; set; }

    public string? CpeName { get; set; }

    public List<string> IdLike { get; } = [];

    /// <summary>The release; null where it has no name that is one (Trivy's word is <c>none</c>).</summary>
    public OsRelease? ToRelease() =>
        Id is { Length: > 0 } and not "none" && DraftText.IsClean(Id)
            ? new OsRelease(
                DistroNames.IdOf(Id), DistroNames.VersionOf(Clean(VersionId)), Clean(Codename), Clean(PrettyName), [.. IdLike.Where(DraftText.IsClean).Take(16)], Clean(CpeName))
            : null;

    private static string? Clean(string? text) => text is { Length: > 0 } && DraftText.IsClean(text) ? text : null;
}

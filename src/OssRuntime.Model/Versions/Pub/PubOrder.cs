using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Pub;

/// <summary>
/// The order of Dart packages (pub_semver): Semantic Versioning in which build metadata counts too: with it a version is newer than without.
/// </summary>
internal sealed class PubOrder : IVersionOrder
{
    private const SemVerLeniency Leniency = SemVerLeniency.LeadingZeros;

    /// <inheritdoc/>
    public string Name => "pub";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version) ?? SemVerVersion.Read(version, Leniency, out _);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var leftIsVersion = SemVerVersion.Read(left, Leniency | SemVerLeniency.Compared, out var a) is null;
        var rightIsVersion = SemVerVersion.Read(right, Leniency | SemVerLeniency.Compared, out var b) is null;
        if (!leftIsVersion || !rightIsVersion)
        {
            return leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion) : left.SequenceCompareTo(right);
        }

        var result = SemVerPrecedence.Compare(a, b);
        return result != 0 ? result : SemVerPrecedence.CompareIdentifiers(a.Build, b.Build);
    }
}

using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Pub;

/// <summary>
/// The order of Dart packages (pub_semver): Semantic Versioning in which build metadata counts too: with it a version is newer than without. What pub itself
/// refuses and lists and SBOMs have all the same is read leniently: a <c>v</c> before the version, missing numbers, and whatever follows the third number
/// without a hyphen, which counts as build metadata (<c>1.1.3.4</c>).
/// </summary>
internal sealed class PubOrder : IVersionOrder
{
    private const SemVerLeniency Leniency = SemVerLeniency.Prefix | SemVerLeniency.MissingNumbers | SemVerLeniency.LeadingZeros | SemVerLeniency.AnyTail;

    /// <inheritdoc/>
    public string Name => "pub";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version) ?? SemVerVersion.Read(version, Leniency, out _);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var leftIsVersion = SemVerVersion.Read(left, Leniency, out var a) is null;
        var rightIsVersion = SemVerVersion.Read(right, Leniency, out var b) is null;
        if (!leftIsVersion || !rightIsVersion)
        {
            return leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion) : left.SequenceCompareTo(right);
        }

        var result = SemVerPrecedence.Compare(a, b);
        return result != 0 ? result : SemVerPrecedence.CompareIdentifiers(a.Build, b.Build);
    }
}

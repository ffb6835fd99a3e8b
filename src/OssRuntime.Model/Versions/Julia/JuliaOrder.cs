using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Julia;

/// <summary>
/// The order of Julia packages (Julia's <c>VersionNumber</c>): Semantic Versioning in which build metadata counts too, since binary packages are
/// released again under a new build number, and in which an empty pre-release (<c>1.2.3-</c>) comes first.
/// </summary>
internal sealed class JuliaOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "julia";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) =>
        VersionLimits.Refuse(version) ?? (new JuliaVersion(version).IsValid ? null : "the version is not one that Julia reads");

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new JuliaVersion(left);
        var b = new JuliaVersion(right);
        if (!a.IsValid || !b.IsValid)
        {
            return a.IsValid != b.IsValid ? a.IsValid.CompareTo(b.IsValid) : left.SequenceCompareTo(right);
        }

        var result = 0;
        for (var i = 0; i < 3 && result == 0; i++)
        {
            result = DigitRun.Compare(a.NextNumber(), b.NextNumber());
        }

        if (result == 0)
        {
            result = b.HasPreRelease.CompareTo(a.HasPreRelease);
        }

        if (result == 0)
        {
            result = SemVerPrecedence.CompareIdentifiers(a.PreRelease, b.PreRelease);
        }

        if (result == 0)
        {
            result = a.HasBuild.CompareTo(b.HasBuild);
        }

        return result != 0 ? result : SemVerPrecedence.CompareIdentifiers(a.Build, b.Build);
    }
}

using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Bitnami;

/// <summary>
/// The order of Bitnami's packages: Semantic Versioning in which a number after the hyphen is a revision and newer than the version without one, which is
/// its revision 0. What begins with a letter (<c>-rc1</c>) is a pre-release as elsewhere, since advisories take it from upstream. Numbers may have leading zeros: some versions are dates.
/// </summary>
internal sealed class BitnamiOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "bitnami";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version) ?? SemVerVersion.Read(version, SemVerLeniency.LeadingZeros, out _);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var leftIsVersion = SemVerVersion.Read(left, SemVerLeniency.Compared, out var a) is null;
        var rightIsVersion = SemVerVersion.Read(right, SemVerLeniency.Compared, out var b) is null;
        if (!leftIsVersion || !rightIsVersion)
        {
            return leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion) : left.SequenceCompareTo(right);
        }

        var result = SemVerPrecedence.CompareNumbers(a, b);
        if (result == 0)
        {
            result = IsPreRelease(b.PreRelease).CompareTo(IsPreRelease(a.PreRelease));
        }

        return result != 0 ? result : SemVerPrecedence.CompareIdentifiers(Revision(a.PreRelease), Revision(b.PreRelease));
    }

    private static bool IsPreRelease(ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        return !text.IsEmpty && !DigitRun.IsNumber(dot < 0 ? text : text[..dot]);
    }

    private static ReadOnlySpan<char> Revision(ReadOnlySpan<char> text) => text.IsEmpty ? "0" : text;
}

using System.Globalization;
using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.NuGet;

/// <summary>
/// The order of NuGet: Semantic Versioning with a fourth number, missing numbers being zero, pre-releases compared without regard to case, and
/// metadata left aside.
/// </summary>
internal sealed class NuGetOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "nuget";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) =>
        VersionLimits.Refuse(version)
        ?? (new NuGetVersion(version).IsValid ? null : "the version is not one to four numbers with a pre-release and metadata");

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new NuGetVersion(left);
        var b = new NuGetVersion(right);
        if (!a.IsValid || !b.IsValid)
        {
            return a.IsValid != b.IsValid ? a.IsValid.CompareTo(b.IsValid) : left.SequenceCompareTo(right);
        }

        var result = CompareNumbers(a.Numbers, b.Numbers);
        return result != 0 ? result : ComparePreReleases(a.PreRelease, b.PreRelease);
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            var result = DigitRun.Compare(SemVerPrecedence.TakeIdentifier(ref left), SemVerPrecedence.TakeIdentifier(ref right));
            if (result != 0)
            {
                return result;
            }
        }

        return 0;
    }

    private static int ComparePreReleases(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return right.Length.CompareTo(left.Length);
        }

        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = SemVerPrecedence.TakeIdentifier(ref left);
            var b = SemVerPrecedence.TakeIdentifier(ref right);
            var aIsNumber = TryReadNumber(a, out var x);
            var bIsNumber = TryReadNumber(b, out var y);
            var result = aIsNumber && bIsNumber ? x.CompareTo(y)
                : aIsNumber != bIsNumber ? bIsNumber.CompareTo(aIsNumber)
                : a.CompareTo(b, StringComparison.OrdinalIgnoreCase);
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>A label counts as a number where it fits one of 32 bits, a hyphen before it being its sign.</summary>
    private static bool TryReadNumber(ReadOnlySpan<char> label, out int number) =>
        int.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}

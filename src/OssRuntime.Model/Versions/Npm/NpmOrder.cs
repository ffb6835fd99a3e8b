using System.Globalization;
using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Npm;

/// <summary>
/// The order of npm: semantic versions as node-semver reads them in its loose mode. Its numbers are JavaScript's: the three must be safe integers,
/// and long numbers of a pre-release are equal where their floating-point values are.
/// </summary>
internal sealed class NpmOrder : IVersionOrder
{
    private const int LongestVersion = 256;
    private const int SafeDigits = 15;
    private const string LargestSafeInteger = "9007199254740991";

    private const SemVerLeniency Leniency = SemVerLeniency.AnyPrefix | SemVerLeniency.LeadingZeros | SemVerLeniency.NoHyphen;

    /// <inheritdoc/>
    public string Name => "npm";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (version.Length > LongestVersion)
        {
            return "the version is longer than 256 characters";
        }

        if (SemVerVersion.Read(version, Leniency, out var read) is { } reason)
        {
            return reason;
        }

        return IsSafe(read.Major) && IsSafe(read.Minor) && IsSafe(read.Patch) ? null : "a number is larger than 9007199254740991";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var leftIsVersion = SemVerVersion.Read(left, Leniency | SemVerLeniency.Compared, out var a) is null;
        var rightIsVersion = SemVerVersion.Read(right, Leniency | SemVerLeniency.Compared, out var b) is null;
        if (!leftIsVersion || !rightIsVersion)
        {
            return leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion) : left.SequenceCompareTo(right);
        }

        var result = SemVerPrecedence.CompareNumbers(a, b);
        return result != 0 ? result : ComparePreReleases(a.PreRelease, b.PreRelease);
    }

    private static bool IsSafe(ReadOnlySpan<char> number) => DigitRun.Compare(number, LargestSafeInteger) <= 0;

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
            var bothLong = (a.Length > SafeDigits || b.Length > SafeDigits) && DigitRun.IsNumber(a) && DigitRun.IsNumber(b);
            var result = bothLong ? Value(a).CompareTo(Value(b)) : SemVerPrecedence.CompareIdentifiers(a, b);
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static double Value(ReadOnlySpan<char> number) => double.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);
}

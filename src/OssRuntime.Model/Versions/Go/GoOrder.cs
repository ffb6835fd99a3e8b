using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Go;

/// <summary>
/// The order of Go modules, with or without the leading <c>v</c>, and of Go itself (<c>go1.21rc2</c>). Build metadata, <c>+incompatible</c> among it,
/// does not count. A text that is no version comes before every version.
/// </summary>
internal sealed class GoOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "go";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) =>
        VersionLimits.Refuse(version) ?? (new GoVersion(version).IsValid ? null : "the version is neither one of a Go module nor of Go itself");

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new GoVersion(left);
        var b = new GoVersion(right);
        if (!a.IsValid || !b.IsValid)
        {
            return a.IsValid != b.IsValid ? a.IsValid.CompareTo(b.IsValid) : left.SequenceCompareTo(right);
        }

        var result = DigitRun.Compare(a.Major, b.Major);
        if (result == 0)
        {
            result = DigitRun.Compare(a.Minor, b.Minor);
        }

        if (result == 0)
        {
            result = DigitRun.Compare(a.Patch, b.Patch);
        }

        if (result == 0)
        {
            result = a.Stage - b.Stage;
        }

        while (result == 0)
        {
            var x = a.NextIdentifier();
            var y = b.NextIdentifier();
            if (x.IsEmpty || y.IsEmpty)
            {
                return x.Length.CompareTo(y.Length);
            }

            result = SemVerPrecedence.CompareIdentifiers(x, y);
        }

        return result;
    }
}

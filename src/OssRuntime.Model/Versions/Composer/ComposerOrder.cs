namespace OssRuntime.Model.Versions.Composer;

/// <summary>
/// The order of Composer: versions in their normal form by PHP's <c>version_compare</c>. A branch (<c>dev-main</c>) comes before every version, and by code
/// point among branches, which Composer does not order; <c>1.x-dev</c> is newer than all of 1. What Composer cannot read but has a number in it
/// (<c>7.x-1.2</c>) goes into <c>version_compare</c> as it stands, without its <c>v</c>.
/// </summary>
internal sealed class ComposerOrder : IVersionOrder
{
    private const string BranchPrefix = "dev-";

    /// <inheritdoc/>
    public string Name => "composer";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var normal = new ComposerBuffer(stackalloc char[ComposerVersion.MostCharacters(version.Length)]);
        return TryRead(version, ref normal) ? null : "Composer cannot read the version";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > VersionLimits.LongestVersion || right.Length > VersionLimits.LongestVersion)
        {
            return left.SequenceCompareTo(right);
        }

        var a = new ComposerBuffer(stackalloc char[ComposerVersion.MostCharacters(left.Length)]);
        var b = new ComposerBuffer(stackalloc char[ComposerVersion.MostCharacters(right.Length)]);
        var leftIsVersion = TryRead(left, ref a);
        var rightIsVersion = TryRead(right, ref b);
        if (!leftIsVersion || !rightIsVersion)
        {
            return leftIsVersion != rightIsVersion ? leftIsVersion.CompareTo(rightIsVersion) : left.SequenceCompareTo(right);
        }

        return a.Text.StartsWith(BranchPrefix) && b.Text.StartsWith(BranchPrefix) ? a.Text.SequenceCompareTo(b.Text) : PhpVersion.Compare(a.Text, b.Text);
    }

    private static bool TryRead(ReadOnlySpan<char> version, ref ComposerBuffer normal)
    {
        if (ComposerVersion.TryNormalize(version, ref normal))
        {
            return true;
        }

        var text = version.Trim();
        _ = ComposerText.TakeIgnoringCase(ref text, "v");
        normal.Clear();
        normal.Append(text);
        return !text.IsEmpty && char.IsAsciiDigit(text[0]);
    }
}

namespace OssRuntime.Model.Versions.Android;

/// <summary>
/// The order of Android's releases as its advisories write them: the release, a colon, the security patch level (<c>12L:2022-06-05</c>). Both are compared
/// as text in which digits are numbers.
/// </summary>
internal sealed class AndroidOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "android";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Split(left, out var leftRelease, out var leftPatch);
        Split(right, out var rightRelease, out var rightPatch);
        var result = NaturalText.Compare(leftRelease, rightRelease);
        return result != 0 ? result : NaturalText.Compare(leftPatch, rightPatch);
    }

    private static void Split(ReadOnlySpan<char> version, out ReadOnlySpan<char> release, out ReadOnlySpan<char> patch)
    {
        var colon = version.IndexOf(':');
        release = colon < 0 ? version : version[..colon];
        patch = colon < 0 ? default : version[(colon + 1)..];
    }
}

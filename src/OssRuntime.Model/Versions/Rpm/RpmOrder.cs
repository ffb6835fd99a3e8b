namespace OssRuntime.Model.Versions.Rpm;

/// <summary>
/// The order of the distributions that use rpm: <c>[epoch:]version[-release]</c> (rpm-version(7)). A missing epoch is zero; a missing release comes
/// before every release.
/// </summary>
internal sealed class RpmOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "rpm";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        Split(version, out _, out var text, out _, out _);
        return text.IsEmpty ? "there is no version between the epoch and the release" : null;
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Split(left, out var leftEpoch, out var leftVersion, out var leftRelease, out var leftHasRelease);
        Split(right, out var rightEpoch, out var rightVersion, out var rightRelease, out var rightHasRelease);
        var result = DigitRun.Compare(leftEpoch, rightEpoch);
        if (result == 0)
        {
            result = RpmPart.Compare(leftVersion, rightVersion);
        }

        if (result == 0)
        {
            result = leftHasRelease.CompareTo(rightHasRelease);
        }

        return result != 0 ? result : RpmPart.Compare(leftRelease, rightRelease);
    }

    private static void Split(
        ReadOnlySpan<char> text, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> version, out ReadOnlySpan<char> release, out bool hasRelease)
    {
        version = text;
        epoch = default;
        release = default;
        var digits = DigitRun.Length(version);
        if (digits < version.Length && version[digits] == ':')
        {
            epoch = version[..digits];
            version = version[(digits + 1)..];
        }

        var dash = version.LastIndexOf('-');
        hasRelease = dash >= 0;
        if (hasRelease)
        {
            release = version[(dash + 1)..];
            version = version[..dash];
        }
    }
}

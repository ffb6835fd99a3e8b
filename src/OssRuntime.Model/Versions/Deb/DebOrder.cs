namespace OssRuntime.Model.Versions.Deb;

/// <summary>
/// The order of Debian, Ubuntu and their descendants (deb-version(7)): <c>[epoch:]upstream[-revision]</c>. Like dpkg it compares versions with
/// characters that the policy forbids, and refuses only those whose parts cannot be told.
/// </summary>
internal sealed class DebOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "deb";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var text = version.Trim();
        if (text.IsEmpty)
        {
            return "the version is empty";
        }

        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                return "the version has white space in it";
            }
        }

        var colon = text.IndexOf(':');
        if (colon >= 0 && (!DigitRun.IsNumber(text[..colon]) || DigitRun.Compare(text[..colon], "2147483647") > 0))
        {
            return "the epoch is not a number up to 2147483647";
        }

        if (colon == text.Length - 1)
        {
            return "nothing follows the epoch";
        }

        var dash = text.LastIndexOf('-');
        if (dash == text.Length - 1)
        {
            return "the revision is empty";
        }

        return dash == colon + 1 ? "the upstream version is empty" : null;
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Split(left, out var leftEpoch, out var leftUpstream, out var leftRevision);
        Split(right, out var rightEpoch, out var rightUpstream, out var rightRevision);
        var result = DigitRun.Compare(leftEpoch, rightEpoch);
        if (result == 0)
        {
            result = DebPart.Compare(leftUpstream, rightUpstream);
        }

        return result != 0 ? result : DebPart.Compare(leftRevision, rightRevision);
    }

    private static void Split(
        ReadOnlySpan<char> version, out ReadOnlySpan<char> epoch, out ReadOnlySpan<char> upstream, out ReadOnlySpan<char> revision)
    {
        upstream = version.Trim();
        epoch = default;
        revision = default;
        var colon = upstream.IndexOf(':');
        if (colon > 0 && DigitRun.IsNumber(upstream[..colon]))
        {
            epoch = upstream[..colon];
            upstream = upstream[(colon + 1)..];
        }

        var dash = upstream.LastIndexOf('-');
        if (dash >= 0)
        {
            revision = upstream[(dash + 1)..];
            upstream = upstream[..dash];
        }
    }
}

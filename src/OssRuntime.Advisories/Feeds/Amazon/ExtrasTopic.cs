namespace OssRuntime.Advisories.Feeds.Amazon;

/// <summary>
/// A topic of Amazon Linux 2's extras holds one line of a program: <c>postgresql14</c>, <c>kernel-5.15</c>. Its errata say nothing about the line in the
/// core repository or in another topic, although the packages are called the same.
/// </summary>
internal static class ExtrasTopic
{
    /// <summary>The version that the topic's line begins with, in the epoch of the fix; null where the topic's name has none, or another one.</summary>
    public static string? Begin(string topic, string fix)
    {
        var at = topic.Length;
        while (at > 0 && (char.IsAsciiDigit(topic[at - 1]) || topic[at - 1] == '.'))
        {
            at--;
        }

        var line = topic[at..].Trim('.');
        var colon = fix.IndexOf(':', StringComparison.Ordinal);
        var version = fix[(colon + 1)..];
        return line.Length > 0 && version.StartsWith(line, StringComparison.Ordinal) && (version.Length == line.Length || !char.IsAsciiDigit(version[line.Length]))
            ? fix[..(colon + 1)] + line
            : null;
    }
}

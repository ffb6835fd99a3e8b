using System.Text;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>The file that Maven's archiver writes into every archive it packs: groupId, artifactId and version.</summary>
internal static class PomProperties
{
    /// <summary>Null where one of the three is missing or was left as a variable.</summary>
    public static MavenIdentity? Parse(ReadOnlySpan<byte> text)
    {
        string? group = null, artifact = null, version = null;
        var lines = new LineReader(text);
        while (lines.MoveNext())
        {
            var separator = lines.Line.IndexOfAny("=:"u8);
            if (separator < 1 || lines.Line[0] is (byte)'#' or (byte)'!')
            {
                continue;
            }

            var key = lines.Line[..separator].Trim(" \t"u8);
            var value = Encoding.UTF8.GetString(lines.Line[(separator + 1)..].Trim(" \t"u8));
            if (key.SequenceEqual("groupId"u8))
            {
                group = value;
            }
            else if (key.SequenceEqual("artifactId"u8))
            {
                artifact = value;
            }
            else if (key.SequenceEqual("version"u8))
            {
                version = value;
            }
        }

        return IsStated(group) && IsStated(artifact) && IsStated(version) ? new MavenIdentity(group!, artifact!, version!) : null;
    }

    /// <summary>False for nothing and for an unfilled <c>${variable}</c>.</summary>
    public static bool IsStated(string? value) => !string.IsNullOrEmpty(value) && !value.Contains("${", StringComparison.Ordinal);
}

using System.Text;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Extractors.OsReleases;

/// <summary>Reads <c>KEY=value</c> lines with the shell's quoting, as far as os-release(5) allows it.</summary>
internal static class OsReleaseFile
{
    private const int LongestValue = 512;

    /// <summary>Null where the file has no ID.</summary>
    public static OsRelease? Parse(ReadOnlySpan<byte> text)
    {
        string? id = null, version = null, codename = null, pretty = null, like = null, cpe = null;
        var lines = new LineReader(text);
        while (lines.MoveNext())
        {
            var equals = lines.Line.IndexOf((byte)'=');
            if (equals < 1 || lines.Line[0] == '#')
            {
                continue;
            }

            var value = Unquote(lines.Line[(equals + 1)..]);
            switch (Encoding.UTF8.GetString(lines.Line[..equals].Trim(" \t"u8)))
            {
                case "ID":
                    id = value?.ToLowerInvariant();
                    break;
                case "VERSION_ID":
                    version = value;
                    break;
                case "VERSION_CODENAME":
                    codename = value;
                    break;
                case "PRETTY_NAME":
                    pretty = value;
                    break;
                case "ID_LIKE":
                    like = value;
                    break;
                case "CPE_NAME":
                    cpe = value;
                    break;
                default:
                    break;
            }
        }

        return id is null
            ? null
            : new OsRelease(id, version, codename, pretty, [.. like?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? []], cpe);
    }

    /// <summary>Null for a value that is empty, endless or has control characters.</summary>
    private static string? Unquote(ReadOnlySpan<byte> raw)
    {
        raw = raw.Trim(" \t"u8);
        if (raw.Length > LongestValue)
        {
            return null;
        }

        if (raw.Length >= 2 && raw[0] is (byte)'"' or (byte)'\'' && raw[^1] == raw[0])
        {
            raw = raw[1..^1];
        }

        var value = new StringBuilder(raw.Length);
        var text = Encoding.UTF8.GetString(raw);
        for (var i = 0; i < text.Length; i++)
        {
            // A backslash takes the meaning off the next character.
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            if (char.IsControl(text[i]))
            {
                return null;
            }

            value.Append(text[i]);
        }

        return value.Length == 0 ? null : value.ToString();
    }
}

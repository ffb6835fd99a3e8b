using System.Text;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Runtimes;

/// <summary>Reads <c>#define NAME value</c> out of a C header: runtimes write their version there.</summary>
internal static class HeaderDefine
{
    /// <summary>The value without quotes, or null where the header does not define the name.</summary>
    public static string? Find(ReadOnlySpan<byte> header, ReadOnlySpan<byte> name)
    {
        var lines = new LineReader(header);
        while (lines.MoveNext())
        {
            var line = lines.Line;
            if (!line.StartsWith("#define"u8))
            {
                continue;
            }

            line = line["#define"u8.Length..].Trim(" \t"u8);
            if (line.Length > name.Length && line.StartsWith(name) && line[name.Length] is (byte)' ' or (byte)'\t')
            {
                return Encoding.UTF8.GetString(line[name.Length..].Trim(" \t\""u8));
            }
        }

        return null;
    }
}

using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Executables;

namespace OssRuntime.Inventory.Extractors.Go;

/// <summary>Reads the build info of Go 1.13 to 1.17: two pointers to texts, each an address and a length somewhere in the program.</summary>
internal static class GoPointers
{
    private const int FirstPointer = 16;
    private const int LongestText = 16 << 20;

    /// <summary>Null where the pointers lead nowhere.</summary>
    public static GoBuildInfo? Read(RandomContent content, ProgramLayout layout, long offset)
    {
        Span<byte> header = stackalloc byte[FirstPointer + 16];
        if (!content.TryReadExactly(offset, header))
        {
            return null;
        }

        var is64 = header[14] == 8;
        var fields = new HeaderFields(header, isBigEndian: header[15] != 0);
        var version = Text(content, layout, fields.Word(FirstPointer, is64), is64, header[15] != 0);
        var modules = Text(content, layout, fields.Word(FirstPointer + (is64 ? 8 : 4), is64), is64, header[15] != 0);
        return GoBuildInfo.IsToolchain(version) ? GoBuildInfo.Of(version, modules) : null;
    }

    private static byte[] Text(RandomContent content, ProgramLayout layout, ulong address, bool is64, bool isBigEndian)
    {
        Span<byte> pair = stackalloc byte[16];
        pair = pair[..(is64 ? 16 : 8)];
        if (!layout.TryOffset(address, out var offset) || !content.TryReadExactly(offset, pair))
        {
            return [];
        }

        var fields = new HeaderFields(pair, isBigEndian);
        var length = fields.Word(pair.Length / 2, is64);
        if (length > LongestText || !layout.TryOffset(fields.Word(0, is64), out var start) || start + (long)length > content.Length)
        {
            return [];
        }

        var text = new byte[length];
        return content.TryReadExactly(start, text) ? text : [];
    }
}

namespace OssRuntime.Inventory.Paths;

/// <summary>
/// Names that only files have. A file can hide a directory of a lower layer; keeping every file's path for that would make the index
/// as large as the layer's table of contents, so those whose ending no directory has are not kept.
/// </summary>
internal static class LeafNames
{
    /// <summary>True where no directory has a name like this.</summary>
    public static bool IsLeaf(ReadOnlySpan<byte> fileName)
    {
        var dot = fileName.LastIndexOf((byte)'.');
        if (dot < 1)
        {
            return false;
        }

        var extension = fileName[(dot + 1)..];
        return extension.Length switch
        {
            1 => "acho"u8.Contains(extension[0]),
            2 => Is(extension, "py"u8) || Is(extension, "gz"u8) || Is(extension, "md"u8) || Is(extension, "mo"u8)
                || Is(extension, "pl"u8) || Is(extension, "pm"u8) || Is(extension, "rb"u8) || Is(extension, "ts"u8) || Is(extension, "xz"u8),
            3 => Is(extension, "pyc"u8) || Is(extension, "txt"u8) || Is(extension, "map"u8) || Is(extension, "mjs"u8) || Is(extension, "cjs"u8)
                || Is(extension, "pyi"u8) || Is(extension, "png"u8) || Is(extension, "svg"u8) || Is(extension, "gif"u8) || Is(extension, "css"u8)
                || Is(extension, "xml"u8) || Is(extension, "yml"u8) || Is(extension, "rst"u8) || Is(extension, "hpp"u8)
                || Is(extension, "jar"u8) || Is(extension, "cmd"u8) || Is(extension, "pod"u8) || Is(extension, "tcl"u8) || Is(extension, "enc"u8),
            4 => Is(extension, "json"u8) || Is(extension, "html"u8) || Is(extension, "yaml"u8) || Is(extension, "list"u8)
                || Is(extension, "conf"u8) || Is(extension, "woff"u8) || Is(extension, "toml"u8),
            7 => Is(extension, "md5sums"u8) || Is(extension, "symbols"u8),
            _ => false,
        };
    }

    private static bool Is(ReadOnlySpan<byte> extension, ReadOnlySpan<byte> known) => extension.SequenceEqual(known);
}

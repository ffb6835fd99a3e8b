using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>Where dpkg keeps what it knows (below <c>/usr</c> in image-based systems), and where images without dpkg keep the same.</summary>
internal static class DpkgPaths
{
    private static ReadOnlySpan<byte> Root => "var/lib/dpkg/"u8;

    private static ReadOnlySpan<byte> SystemRoot => "usr/lib/sysimage/dpkg/"u8;

    private static ReadOnlySpan<byte> StatusDirectory => "status.d/"u8;

    private static ReadOnlySpan<byte> InfoDirectory => "info/"u8;

    /// <summary>True for the database, and for each of the one-package files that distroless images have instead.</summary>
    public static bool IsStatus(ReadOnlySpan<byte> path)
    {
        var inside = Inside(path);
        return inside.SequenceEqual("status"u8) || (IsDirectlyIn(inside, StatusDirectory) && !inside.EndsWith(".md5sums"u8));
    }

    /// <summary>True for the file of one package only, which needs no state: being there is being installed.</summary>
    public static bool IsSinglePackage(string path) => path.Contains("/dpkg/status.d/", StringComparison.Ordinal);

    /// <summary>True for the list of a package's files.</summary>
    public static bool IsFileList(ReadOnlySpan<byte> path)
    {
        var inside = Inside(path);
        return (IsDirectlyIn(inside, InfoDirectory) && inside.EndsWith(".list"u8)) || (IsDirectlyIn(inside, StatusDirectory) && inside.EndsWith(".md5sums"u8));
    }

    /// <summary>The path inside dpkg's directory; empty where it is not in it.</summary>
    private static ReadOnlySpan<byte> Inside(ReadOnlySpan<byte> path) =>
        path.StartsWith(Root) ? path[Root.Length..] : path.StartsWith(SystemRoot) ? path[SystemRoot.Length..] : default;

    private static bool IsDirectlyIn(ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory) =>
        path.StartsWith(directory) && LayerPath.FileName(path).Length == path.Length - directory.Length;
}

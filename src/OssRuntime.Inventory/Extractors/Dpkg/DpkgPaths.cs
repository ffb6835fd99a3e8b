using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>Where dpkg keeps what it knows, and where images without dpkg keep the same.</summary>
internal static class DpkgPaths
{
    private static ReadOnlySpan<byte> Root => "var/lib/dpkg/"u8;

    private static ReadOnlySpan<byte> StatusDirectory => "var/lib/dpkg/status.d/"u8;

    private static ReadOnlySpan<byte> InfoDirectory => "var/lib/dpkg/info/"u8;

    /// <summary>True for the database, and for each of the one-package files that distroless images have instead.</summary>
    public static bool IsStatus(ReadOnlySpan<byte> path) =>
        path.StartsWith(Root)
        && (path.SequenceEqual("var/lib/dpkg/status"u8)
            || (IsDirectlyIn(path, StatusDirectory) && !path.EndsWith(".md5sums"u8)));

    /// <summary>True for the file of one package only, which needs no state: being there is being installed.</summary>
    public static bool IsSinglePackage(string path) => path.StartsWith("var/lib/dpkg/status.d/", StringComparison.Ordinal);

    /// <summary>True for the list of a package's files.</summary>
    public static bool IsFileList(ReadOnlySpan<byte> path) =>
        path.StartsWith(Root)
        && ((IsDirectlyIn(path, InfoDirectory) && path.EndsWith(".list"u8)) || (IsDirectlyIn(path, StatusDirectory) && path.EndsWith(".md5sums"u8)));

    private static bool IsDirectlyIn(ReadOnlySpan<byte> path, ReadOnlySpan<byte> directory) =>
        path.StartsWith(directory) && LayerPath.FileName(path).Length == path.Length - directory.Length;
}

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// The directories that package managers keep their databases in. Image-based systems make links of them, into the part of the system that is read only: what
/// lies behind such a link is read as if it lay there.
/// </summary>
internal static class PackageDatabases
{
    private static readonly string[] Directories =
    [
        "lib/apk", "usr/lib/apk", "usr/lib/opkg", "var/db/pkg", "var/db/xbps", "var/lib/apk", "var/lib/chisel", "var/lib/dpkg", "var/lib/opkg", "var/lib/pacman", "var/lib/rpm",
        "var/lib/rpmmanifest",
    ];

    /// <summary>True for such a directory, for one above it, and for the directories in it.</summary>
    public static bool IsOnTheWay(string directory) => Array.Exists(Directories, database => IsIn(database, directory) || IsIn(directory, database));

    /// <summary>True for a path in such a directory.</summary>
    public static bool Contains(string path) => Array.Exists(Directories, database => IsIn(path, database));

    private static bool IsIn(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}

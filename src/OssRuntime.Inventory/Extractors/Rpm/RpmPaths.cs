using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>Where rpm keeps its database: <c>/var/lib/rpm</c>, below <c>/usr</c> where that directory is the system's only part, and elsewhere in older images.</summary>
internal static class RpmPaths
{
    /// <summary>True for a database in any of the three forms.</summary>
    public static bool IsDatabase(ReadOnlySpan<byte> path)
    {
        var name = LayerPath.FileName(path);
        return (name.SequenceEqual("rpmdb.sqlite"u8) || name.SequenceEqual("Packages.db"u8) || name.SequenceEqual("Packages"u8)) && IsInDirectory(path);
    }

    /// <summary>True for what a SQLite database has not taken in yet.</summary>
    public static bool IsLog(ReadOnlySpan<byte> path) => path.EndsWith("/rpmdb.sqlite-wal"u8) && IsInDirectory(path);

    /// <summary>True for the list of packages that images have instead of a database (Azure Linux and Mariner, "distroless").</summary>
    public static bool IsManifest(ReadOnlySpan<byte> path) => path.SequenceEqual("var/lib/rpmmanifest/container-manifest-2"u8);

    private static bool IsInDirectory(ReadOnlySpan<byte> path)
    {
        var directory = LayerPath.Directory(path);
        return directory.SequenceEqual("var/lib/rpm"u8) || directory.SequenceEqual("usr/lib/sysimage/rpm"u8)
            || directory.SequenceEqual("usr/share/rpm"u8) || directory.SequenceEqual("usr/lib/rpm"u8);
    }
}

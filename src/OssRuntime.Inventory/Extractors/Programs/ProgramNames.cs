using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Programs;

/// <summary>Which names a program may have. Most files of an image are ruled out by their ending alone.</summary>
internal static class ProgramNames
{
    /// <summary>True where the file may be one: it has an ending of libraries and programs, or may be executed and has no ending of other things.</summary>
    public static bool MayBe(ReadOnlySpan<byte> path, bool isExecutable)
    {
        var name = LayerPath.FileName(path);
        return name.EndsWith(".so"u8) || name.EndsWith(".exe"u8) || name.IndexOf(".so."u8) > 0
            || (isExecutable && !LeafNames.IsLeaf(name) && !name.EndsWith(".sh"u8) && !IsBesidePrograms(path));
    }

    /// <summary>Where distributions put documents, settings and headers; nobody builds programs to there.</summary>
    private static bool IsBesidePrograms(ReadOnlySpan<byte> path) =>
        path.StartsWith("usr/share/doc"u8) || path.StartsWith("usr/share/man/"u8) || path.StartsWith("usr/share/zoneinfo/"u8)
        || path.StartsWith("usr/share/locale/"u8) || path.StartsWith("usr/share/icons/"u8) || path.StartsWith("usr/share/perl"u8)
        || path.StartsWith("usr/include/"u8) || path.StartsWith("var/lib/dpkg/"u8) || path.StartsWith("etc/"u8);
}

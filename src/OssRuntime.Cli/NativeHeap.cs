using System.Runtime.InteropServices;

namespace OssRuntime.Cli;

/// <summary>
/// The heap of the C library, where files are held that are read in any order. glibc's keeps a share of what was ever given back, for each thread
/// another one, and the share grows with the largest buffer (mallopt(3)). Other C libraries have no such settings, and no need of them.
/// </summary>
internal static unsafe class NativeHeap
{
    // The numbers of M_TRIM_THRESHOLD and M_ARENA_MAX in malloc.h.
    private const int TrimThreshold = -1;
    private const int MostArenas = -8;

    /// <summary>Gives back to the system whatever more than 128 KiB are free at the heap's end, and has one heap for all threads.</summary>
    public static void KeepSmall()
    {
        if (NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out var export))
        {
            var mallopt = (delegate* unmanaged<int, int, int>)export;
            mallopt(TrimThreshold, 128 << 10);
            mallopt(MostArenas, 1);
        }
    }
}

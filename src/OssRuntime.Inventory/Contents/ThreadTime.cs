using System.Runtime.InteropServices;

namespace OssRuntime.Inventory.Contents;

/// <summary>
/// Processor time of the thread that asks (clock_gettime(2), <c>CLOCK_THREAD_CPUTIME_ID</c>). The wall clock would blame an image for what its neighbours,
/// or a limit on the container's processors, take.
/// </summary>
internal static partial class ThreadTime
{
    private const int LinuxClock = 3;
    private const int MacClock = 16;

    /// <summary>Since the thread began. Zero where the system cannot tell (Windows): then nothing is bounded by it.</summary>
    public static TimeSpan Now()
    {
        var clock = OperatingSystem.IsLinux() ? LinuxClock : OperatingSystem.IsMacOS() ? MacClock : -1;
        return clock >= 0 && GetTime(clock, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick)
            : TimeSpan.Zero;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}

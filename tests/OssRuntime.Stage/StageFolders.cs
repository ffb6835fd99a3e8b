namespace OssRuntime.Stage;

/// <summary>Where the stage keeps files: slow things in a cache that survives, the rest in folders that go with their process.</summary>
public static class StageFolders
{
    /// <summary><c>OSSRUNTIME_CACHE</c>, else <c>ossruntime</c> in the user's cache folder. The scripts use the same rule.</summary>
    public static string Cache { get; } =
        Environment.GetEnvironmentVariable("OSSRUNTIME_CACHE") is { Length: > 0 } given ? given
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
                ? xdg
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "ossruntime");

    /// <summary>A new folder that only this user can read; whoever asks removes it.</summary>
    /// <param name="name">Part of its name.</param>
    /// <param name="inMemory">Where there is room for it: etcd waits for every write to reach the disk, and its data is never needed again.</param>
    public static string CreateTemporary(string name, bool inMemory = true)
    {
        var memory = new DriveInfo("/dev/shm");
        var parent = inMemory && memory.IsReady && memory.AvailableFreeSpace > 1L << 30 ? memory.Name : Path.GetTempPath();
        var folder = Path.Combine(parent, $"ossruntime-{name}-{Path.GetRandomFileName()}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}

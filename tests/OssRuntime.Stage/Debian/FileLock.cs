namespace OssRuntime.Stage.Debian;

/// <summary>Held by one process at a time. The system takes it back when the holder dies.</summary>
public sealed class FileLock : IAsyncDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Waits until nobody holds the lock of that name.</summary>
    /// <param name="name">The lock's.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="waiting">Called once when another process holds the lock.</param>
    public static async Task<FileLock> TakeAsync(string name, CancellationToken cancellationToken, Action? waiting = null)
    {
        var folder = Path.Combine(StageFolders.Cache, "locks");
        Directory.CreateDirectory(folder);
        while (true)
        {
            try
            {
                // .NET takes an advisory lock (flock) on a file that is shared with nobody.
                return new FileLock(new FileStream(Path.Combine(folder, name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            }
            catch (IOException)
            {
                waiting?.Invoke();
                waiting = null;
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    /// <summary>Lets the next one in.</summary>
    public ValueTask DisposeAsync() => _file.DisposeAsync();
}

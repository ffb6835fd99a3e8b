using System.Globalization;

namespace OssRuntime.Advisories.Files;

/// <summary>
/// The right to work on a file or folder: one holder at a time, in this process or another one. It is a lock on the file <c>NAME.lock</c> beside it, which the system gives up
/// when its holder ends, however it ends; what the file says is for people. Whoever holds it may take away what an earlier holder left behind.
/// </summary>
public sealed class WorkLock : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);

    private readonly FileStream _file;
    private readonly string _path;

    private WorkLock(FileStream file, string path) => (_file, _path) = (file, path);

    /// <summary>Takes the lock, and waits for it where somebody else has it.</summary>
    /// <param name="target">The file or folder that is worked on.</param>
    /// <param name="work">What is done, for people: <c>db build</c>.</param>
    /// <param name="time">The clock of waits.</param>
    /// <param name="patience">How long is waited.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="IOException">Somebody else had it for all that time, or the lock's file cannot be written.</exception>
    public static async Task<WorkLock> TakeAsync(string target, string work, TimeProvider time, TimeSpan patience, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(target).TrimEnd('/') + ".lock";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var began = time.GetTimestamp();
        while (true)
        {
            if (TryTake(path, work, time) is { } taken)
            {
                TemporaryFile.Sweep(target);
                return taken;
            }

            if (time.GetElapsedTime(began) >= patience)
            {
                throw new IOException($"another process works on {target}: {path} says which one");
            }

            await Task.Delay(LookEvery, time, cancellation);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_path);
        _file.Dispose();
    }

    private static WorkLock? TryTake(string path, string work, TimeProvider time)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        // An earlier holder may have taken the file away between our opening and our locking it: then the name is another file's, or nobody's.
        var now = time.GetUtcNow();
        var mark = now.UtcDateTime;
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark.AddTicks(Environment.ProcessId));
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) != File.GetLastWriteTimeUtc(file.SafeFileHandle))
        {
            file.Dispose();
            return null;
        }

        file.SetLength(0);
        file.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} since {now:u}: {work}\n")));
        return new WorkLock(file, path);
    }
}

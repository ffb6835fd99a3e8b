namespace OssRuntime.Advisories.Files;

/// <summary>
/// A file beside the one that it becomes, under a name that nobody else has; it is taken away at the end unless it was moved. What a killed process left behind is taken away by
/// the next holder of the <see cref="WorkLock"/>.
/// </summary>
public sealed class TemporaryFile : IDisposable
{
    private const string Ending = ".part";

    /// <summary>A name beside a file; nothing is written yet.</summary>
    public TemporaryFile(string target) => Path = $"{target}.{System.IO.Path.GetRandomFileName()}{Ending}";

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Takes away what is left of the temporary files of a target.</summary>
    public static void Sweep(string target)
    {
        var full = System.IO.Path.GetFullPath(target);
        if (System.IO.Path.GetDirectoryName(full) is { } folder && Directory.Exists(folder))
        {
            foreach (var left in Directory.EnumerateFiles(folder, $"{System.IO.Path.GetFileName(full)}.*{Ending}").ToList())
            {
                File.Delete(left);
            }
        }
    }

    /// <summary>Puts it in the place of the target, in one step.</summary>
    public void MoveTo(string target) => File.Move(Path, target, overwrite: true);

    /// <inheritdoc/>
    public void Dispose() => File.Delete(Path);
}

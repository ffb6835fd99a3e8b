namespace OssRuntime.Inventory.RootFileSystems;

/// <summary>
/// A root file system in a directory: <c>rootfs:DIR</c>. Symbolic links are never followed out of it, views of the kernel and other
/// machines' disks are not entered, and what may not be read is told as unknown.
/// </summary>
/// <param name="directory">Its root; <c>/</c> is this machine.</param>
public sealed class RootFileSystem(string directory)
{
    /// <summary>The root, absolute.</summary>
    public string Directory { get; } = Path.GetFullPath(directory);

    /// <summary>What it is called in messages.</summary>
    public string Name => directory;
}

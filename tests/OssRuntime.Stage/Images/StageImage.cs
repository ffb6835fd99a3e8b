namespace OssRuntime.Stage.Images;

/// <summary>An image that was built on this machine.</summary>
/// <param name="Name">The recipe's name.</param>
/// <param name="LayoutFolder">An OCI image layout; its one reference is <c>latest</c>.</param>
/// <param name="TruthFolder">
/// What is in the image, told by the tools that own the data; <c>truth.sh</c> lists the files and their columns. A file is missing where the
/// image has nothing of the kind.
/// </param>
public sealed record StageImage(string Name, string LayoutFolder, string TruthFolder)
{
    /// <summary>The rows of one file of the truth, each split into its columns.</summary>
    /// <param name="file">Like <c>dpkg.txt</c>.</param>
    public IReadOnlyList<string[]> Truth(string file) =>
        [.. File.ReadLines(Path.Combine(TruthFolder, file)).Select(line => line.Split('\t'))];
}

using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Nix;

/// <summary>
/// What is in a Nix store, by the directories in it: <c>/nix/store/HASH-NAME-VERSION</c>. Images that Nix builds bring the store and not its database.
/// </summary>
internal sealed class NixStoreExtractor : IDirectoryExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "nix-store";

    private const int PathLength = 10;

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 0;

    private static ReadOnlySpan<byte> Store => "nix/store/"u8;

    public bool Wants(ReadOnlySpan<byte> path) => false;

    public bool WantsDirectory(ReadOnlySpan<byte> path) => path.StartsWith(Store) && path.Length > PathLength && path[PathLength..].IndexOf((byte)'/') < 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
    }

    public void ExtractDirectory(string path, ExtractionContext context) => NixStorePath.Report($"/{path}", context);
}

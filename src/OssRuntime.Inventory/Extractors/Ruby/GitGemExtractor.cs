using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Ruby;

/// <summary>
/// Gems that Bundler took from git: checkouts under <c>bundler/gems/NAME-REVISION</c>, whose own gemspec computes the version. Gemfile.lock names it; the revision stands in
/// its place where there is no such list.
/// </summary>
internal sealed class GitGemExtractor : IExtractor
{
    /// <summary>The extractor's name.</summary>
    public const string Id = "gem-git";

    private const string Folder = "/bundler/gems/";

    public string Name => Id;

    public int Version => 1;

    public long LargestFile => 8 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith(".gemspec"u8) && path.IndexOf("/bundler/gems/"u8) >= 0 && path.IndexOf("/specifications/"u8) < 0;

    public void Extract(FileContent file, ExtractionContext context)
    {
        var folder = file.Path[(file.Path.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..].Split('/')[0];
        var dash = folder.LastIndexOf('-');
        var name = file.Path[(file.Path.LastIndexOf('/') + 1)..^".gemspec".Length];
        if (dash > 0 && name.Length > 0 && folder.Length - dash > 7 && folder[(dash + 1)..].All(char.IsAsciiHexDigitLower))
        {
            context.Add(new PackageRecord { Type = "gem", Name = name, Version = folder[(dash + 1)..], Kind = ComponentType.Library });
        }
    }
}

using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Haskell;

/// <summary>
/// Packages of a Haskell program: <c>cabal.project.freeze</c> (<c>any.aeson ==2.1.0.0</c>) and <c>stack.yaml.lock</c>
/// (<c>hackage: aeson-2.1.0.0@sha256:…</c>).
/// </summary>
internal sealed partial class HaskellLockExtractor : IExtractor
{
    public string Name => "haskell";

    public int Version => 1;

    public long LargestFile => 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("cabal.project.freeze"u8) || path.EndsWith("stack.yaml.lock"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var text = Encoding.UTF8.GetString(file.ReadAll());
        var entries = file.Path.EndsWith(".freeze", StringComparison.Ordinal) ? Frozen().Matches(text) : Locked().Matches(text);
        foreach (var entry in entries.DistinctBy(e => (e.Groups["name"].Value, e.Groups["version"].Value)))
        {
            context.Add(new PackageRecord
            {
                Type = "hackage",
                Name = entry.Groups["name"].Value,
                Version = entry.Groups["version"].Value,
                Kind = ComponentType.Library,
            });
        }
    }

    [GeneratedRegex(@"(?:any\.)?(?<name>[A-Za-z][A-Za-z0-9-]{0,100}) ==(?<version>[0-9][0-9.]{0,50})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Frozen();

    [GeneratedRegex(@"hackage: (?<name>[A-Za-z][A-Za-z0-9-]{0,100})-(?<version>[0-9][0-9.]{0,50})", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Locked();
}

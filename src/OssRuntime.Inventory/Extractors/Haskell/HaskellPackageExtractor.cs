using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Paths;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Extractors.Haskell;

/// <summary>
/// Packages that are registered with GHC: <c>package.conf.d/NAME-VERSION-HASH.conf</c> (<c>package.db</c> in the stores of cabal and stack), fields as in an e-mail.
/// </summary>
internal sealed class HaskellPackageExtractor : IExtractor
{
    public string Name => "ghc-package";

    public int Version => 1;

    public long LargestFile => 4 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.EndsWith(".conf"u8) && LayerPath.Directory(path) is var directory
        && (directory.EndsWith("package.conf.d"u8) || directory.EndsWith("/package.db"u8) || directory.EndsWith("/pkgdb"u8));

    public void Extract(FileContent file, ExtractionContext context)
    {
        string? name = null, version = null, license = null, field = null;
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = Encoding.UTF8.GetString(lines.Line);
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var isFolded = line.StartsWith(' ');
            if (!isFolded)
            {
                field = colon > 0 ? line[..colon] : null;
            }

            // A value may begin on the line after its name.
            var value = (isFolded ? line : line[(colon + 1)..]).Trim();
            if (value.Length > 0)
            {
                name ??= field == "name" ? value : null;
                version ??= field == "version" ? value : null;
                license ??= field == "license" ? value : null;
            }
        }

        if (name is null || version is null)
        {
            context.AddUnknown("it has no name or no version");
            return;
        }

        // Libraries inside of packages are registered too, under names that begin so.
        if (!name.StartsWith("z-", StringComparison.Ordinal))
        {
            context.Add(new PackageRecord { Type = "hackage", Name = name, Version = version, Kind = ComponentType.Library, Licenses = license is null ? [] : [license] });
        }
    }
}

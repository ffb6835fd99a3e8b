using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Store;

/// <summary>The form in which layer indexes are kept.</summary>
internal static class LayerIndexCodec
{
    private const int Format = 7;

    /// <summary>The bytes of an index.</summary>
    public static byte[] Encode(LayerIndex index)
    {
        using var writer = new CompactWriter(Format);
        writer.List(index.Files, file => Write(writer, file));
        writer.List(index.Whiteouts, writer.Text);
        writer.List(index.OpaqueDirectories, writer.Text);
        writer.Paths(index.Shadows);
        writer.List(index.RootLinks, link =>
        {
            writer.Text(link.Key);
            writer.Text(link.Value);
        });
        writer.List(index.Unknowns, unknown =>
        {
            writer.Text(unknown.Path);
            writer.Text(unknown.Reason);
        });
        writer.Long(index.InflatedBytes);
        return writer.Finish();
    }

    /// <summary>The index of these bytes; null for none, and for bytes that are damaged: the layer is then read again.</summary>
    public static LayerIndex? Decode(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        try
        {
            using var reader = new CompactReader(bytes, Format);
            return new LayerIndex
            {
                Files = reader.List(() => ReadFile(reader)),
                Whiteouts = reader.List(reader.RequiredText),
                OpaqueDirectories = reader.List(reader.RequiredText),
                Shadows = reader.Paths(),
                RootLinks = reader.List(() => new KeyValuePair<string, string>(reader.RequiredText(), reader.RequiredText())),
                Unknowns = reader.List(() => new FileUnknown(reader.RequiredText(), reader.RequiredText())),
                InflatedBytes = reader.Long(),
            };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    private static void Write(CompactWriter writer, FileFindings file)
    {
        writer.Text(file.Path);
        writer.Text(file.Extractor);
        writer.List(file.Packages, package => Write(writer, package));
        writer.List(file.Unknowns, writer.Text);
        OsReleaseCodec.Write(writer, file.OsRelease);
        writer.List(file.Owned, owned =>
        {
            writer.Text(owned.Package);
            writer.Text(owned.Architecture);
            writer.Paths(owned.Paths);
        });
        writer.List(file.Origins, origin =>
        {
            writer.Text(origin.Path);
            writer.Text(origin.Origin);
        });
        writer.List(file.Licenses, told =>
        {
            writer.Text(told.Package);
            writer.List(told.Licenses, writer.Text);
        });
        writer.List(file.Explained, writer.Text);
        writer.List(file.Declared, component => InventoryCodec.Write(writer, component));
    }

    private static FileFindings ReadFile(CompactReader reader) => new(reader.RequiredText(), reader.RequiredText())
    {
        Packages = reader.List(() => ReadPackage(reader)),
        Unknowns = reader.List(reader.RequiredText),
        OsRelease = OsReleaseCodec.Read(reader),
        Owned = reader.List(() => new OwnedFiles(reader.RequiredText(), reader.Text(), reader.Paths())),
        Origins = reader.List(() => new PackageOrigin(reader.RequiredText(), reader.RequiredText())),
        Licenses = reader.List(() => new PackageLicenses(reader.RequiredText(), reader.List(reader.RequiredText))),
        Explained = reader.List(reader.RequiredText),
        Declared = reader.List(() => InventoryCodec.ReadComponent(reader)),
    };

    private static void Write(CompactWriter writer, PackageRecord package)
    {
        writer.Text(package.Type);
        writer.Text(package.Name);
        writer.Text(package.Version);
        writer.Number((int)package.Kind);
        writer.Text(package.Architecture);
        writer.Text(package.Source?.Name);
        writer.Text(package.Source?.Version);
        writer.List(package.Licenses, writer.Text);
        writer.Text(package.Vendor);
        writer.Text(package.Module);
        writer.Text(package.Uuid);
        writer.Text(package.Cpe);
        writer.Text(package.Origin);
        writer.Text(package.Inside);
        writer.Number(package.IsForeignBuild ? 1 : 0);
        writer.Text(package.Evidence);
    }

    private static PackageRecord ReadPackage(CompactReader reader) => new()
    {
        Type = reader.RequiredText(),
        Name = reader.RequiredText(),
        Version = reader.RequiredText(),
        Kind = (ComponentType)reader.Number(),
        Architecture = reader.Text(),
        Source = Source(reader.Text(), reader.Text()),
        Licenses = reader.List(reader.RequiredText),
        Vendor = reader.Text(),
        Module = reader.Text(),
        Uuid = reader.Text(),
        Cpe = reader.Text(),
        Origin = reader.Text(),
        Inside = reader.Text(),
        IsForeignBuild = reader.Number() == 1,
        Evidence = reader.Text(),
    };

    private static SourcePackage? Source(string? name, string? version) => name is null || version is null ? null : new SourcePackage(name, version);
}

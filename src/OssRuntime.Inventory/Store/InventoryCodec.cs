using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Store;

/// <summary>The form in which inventories are kept, for stores of every kind.</summary>
public static class InventoryCodec
{
    private const int Format = 6;

    /// <summary>The bytes of an inventory.</summary>
    public static byte[] Encode(ComponentInventory inventory)
    {
        using var writer = new CompactWriter(Format);
        writer.Text(inventory.Digest?.Value);
        writer.Text(inventory.Platform?.ToString());
        writer.Number((int)inventory.Source);
        writer.Number(inventory.Verified ? 1 : 0);
        OsReleaseCodec.Write(writer, inventory.OsRelease);
        writer.List(inventory.Components, component => Write(writer, component));
        writer.List(inventory.Unknowns, unknown =>
        {
            writer.Text(unknown.Path);
            writer.Text(unknown.Extractor);
            writer.Text(unknown.Reason);
            writer.Number((int)unknown.Kind);
        });
        SbomComparison[] declarations = inventory.Declaration is { } declaration ? [declaration] : [];
        writer.List(declarations, one => Write(writer, one));
        writer.List(inventory.Layers, layer =>
        {
            writer.Text(layer.Digest.Value);
            writer.Text(layer.CreatedBy);
            writer.Number(layer.IsBase ? 1 : 0);
        });
        BaseImage[] bases = inventory.Base is { } image ? [image] : [];
        writer.List(bases, one =>
        {
            writer.Text(one.Name);
            writer.Text(one.Digest);
            writer.Number(one.Layers);
            writer.Number((int)one.Evidence);
        });
        writer.Long(inventory.Cost.BytesRead);
        writer.Number(inventory.Cost.LayersRead);
        writer.Number(inventory.Cost.LayersKnown);
        writer.Long(inventory.Cost.Milliseconds);
        return writer.Finish();
    }

    /// <summary>The inventory of these bytes; null for none, and for bytes that are damaged.</summary>
    public static ComponentInventory? Decode(byte[]? bytes)
    {
        if (bytes is null)
        {
            return null;
        }

        try
        {
            using var reader = new CompactReader(bytes, Format);
            return new ComponentInventory
            {
                Digest = Digest(reader.Text()),
                Platform = Model.Images.Platform.TryParse(reader.Text(), out var platform) ? platform : null,
                Source = (InventorySource)reader.Number(),
                Verified = reader.Number() == 1,
                OsRelease = OsReleaseCodec.Read(reader),
                Components = reader.List(() => ReadComponent(reader)),
                Unknowns = reader.List(() => new Unknown(reader.RequiredText(), reader.RequiredText(), reader.RequiredText()) { Kind = (UnknownKind)reader.Number() }),
                Declaration = reader.List(() => ReadDeclaration(reader)).FirstOrDefault(),
                Layers = reader.List(() => new ImageLayer(Model.Images.Digest.Parse(reader.RequiredText()), reader.Text(), reader.Number() == 1)),
                Base = reader.List(() => new BaseImage(reader.Text(), reader.Text(), reader.Number(), (BaseImageEvidence)reader.Number())).FirstOrDefault(),
                Cost = new InventoryCost(reader.Long(), reader.Number(), reader.Number(), reader.Long()),
            };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    internal static void Write(CompactWriter writer, Component component)
    {
        writer.Text(component.Purl.ToString());
        writer.Text(component.Name);
        writer.Text(component.Version);
        writer.Text(component.Ecosystem.ToString());
        writer.Text(component.Location.Layer?.Value);
        writer.Text(component.Location.Path);
        writer.Number((int)component.Type);
        writer.Text(component.Source?.Name);
        writer.Text(component.Source?.Version);
        writer.List(component.Licenses, writer.Text);
        writer.Text(component.Supplier);
        writer.Text(component.Cpe);
        writer.Text(component.OwnedBy);
        writer.Text(component.Origin);
        writer.Text(component.FoundBy);
        writer.Text(component.Evidence);
        writer.Number((component.Declared ? 1 : 0) + (component.IsThirdParty ? 2 : 0));
    }

    internal static Component ReadComponent(CompactReader reader) => WithFlags(ReadParts(reader), reader.Number());

    private static Component WithFlags(Component component, int flags) => component with { Declared = (flags & 1) != 0, IsThirdParty = (flags & 2) != 0 };

    private static Component ReadParts(CompactReader reader) => new()
    {
        Purl = PackageUrl.Parse(reader.RequiredText()),
        Name = reader.RequiredText(),
        Version = reader.RequiredText(),
        Ecosystem = Ecosystem.Parse(reader.RequiredText()),
        Location = new ComponentLocation(Digest(reader.Text()), reader.RequiredText()),
        Type = (ComponentType)reader.Number(),
        Source = Source(reader.Text(), reader.Text()),
        Licenses = reader.List(reader.RequiredText),
        Supplier = reader.Text(),
        Cpe = reader.Text(),
        OwnedBy = reader.Text(),
        Origin = reader.Text(),
        FoundBy = reader.RequiredText(),
        Evidence = reader.Text(),
    };

    private static void Write(CompactWriter writer, SbomComparison declaration)
    {
        writer.Number((int)declaration.Source);
        writer.Text(declaration.Name);
        writer.Text(declaration.Format);
        writer.Text(declaration.VerifiedBy);
        writer.Number((declaration.Used ? 1 : 0) + (declaration.Compared ? 2 : 0));
        writer.Number(declaration.Components);
        writer.List(declaration.LeftOut, writer.Text);
        writer.List(declaration.Added, writer.Text);
        writer.List(declaration.Different, difference =>
        {
            writer.Text(difference.Declared);
            writer.Text(difference.Observed);
        });
    }

    private static SbomComparison ReadDeclaration(CompactReader reader)
    {
        var declaration = new SbomComparison((InventorySource)reader.Number(), reader.RequiredText(), reader.RequiredText()) { VerifiedBy = reader.Text() };
        var flags = reader.Number();
        return declaration with
        {
            Used = (flags & 1) != 0,
            Compared = (flags & 2) != 0,
            Components = reader.Number(),
            LeftOut = reader.List(reader.RequiredText),
            Added = reader.List(reader.RequiredText),
            Different = reader.List(() => new DeclaredDifference(reader.RequiredText(), reader.RequiredText())),
        };
    }

    private static SourcePackage? Source(string? name, string? version) => name is null || version is null ? null : new SourcePackage(name, version);

    private static Digest? Digest(string? text) => text is null ? null : Model.Images.Digest.Parse(text);
}

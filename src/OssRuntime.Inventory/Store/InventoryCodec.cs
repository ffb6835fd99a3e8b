using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Store;

/// <summary>The form in which inventories are kept, for stores of every kind.</summary>
public static class InventoryCodec
{
    private const int Format = 2;

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
                Unknowns = reader.List(() => new Unknown(reader.RequiredText(), reader.RequiredText(), reader.RequiredText())),
                Cost = new InventoryCost(reader.Long(), reader.Number(), reader.Number(), reader.Long()),
            };
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
        {
            return null;
        }
    }

    private static void Write(CompactWriter writer, Component component)
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
        writer.Text(component.OwnedBy);
        writer.Text(component.Origin);
        writer.Text(component.FoundBy);
        writer.Number(component.Declared ? 1 : 0);
    }

    private static Component ReadComponent(CompactReader reader) => new()
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
        OwnedBy = reader.Text(),
        Origin = reader.Text(),
        FoundBy = reader.RequiredText(),
        Declared = reader.Number() == 1,
    };

    private static SourcePackage? Source(string? name, string? version) => name is null || version is null ? null : new SourcePackage(name, version);

    private static Digest? Digest(string? text) => text is null ? null : Model.Images.Digest.Parse(text);
}

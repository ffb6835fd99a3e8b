using System.Text.Json;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Output;

/// <summary>Writes what is in a target: <c>os</c> and <c>inventory</c> of docs/scan-json.md.</summary>
internal static class InventoryJson
{
    public static void WriteOs(Utf8JsonWriter json, OsRelease? os)
    {
        if (os is null)
        {
            json.WriteNull("os");
            return;
        }

        json.WriteStartObject("os");
        json.WriteString("id", os.Id);
        json.WriteOptional("version", os.VersionId);
        json.WriteOptional("codename", os.Codename);
        json.WriteOptional("name", os.PrettyName);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, ComponentInventory inventory)
    {
        json.WriteStartObject("inventory");
        json.WriteString("source", inventory.Source.ToString());
        json.WriteBoolean("verified", inventory.Verified);
        WriteBase(json, inventory.Base);
        json.WriteArray("layers", inventory.Layers, WriteLayer);
        json.WriteArray("components", inventory.Components, (writer, component) => WriteComponent(writer, component, inventory.IsFromBase(component)));
        json.WriteArray("unknowns", inventory.Unknowns, WriteUnknown);
        if (inventory.Declaration is { } declaration)
        {
            WriteDeclaration(json, declaration);
        }

        json.WriteEndObject();
    }

    private static void WriteDeclaration(Utf8JsonWriter json, SbomComparison declaration)
    {
        json.WriteStartObject("declaration");
        json.WriteString("source", declaration.Source.ToString());
        json.WriteString("name", declaration.Name);
        json.WriteString("format", declaration.Format);
        json.WriteOptional("verifiedBy", declaration.VerifiedBy);
        json.WriteBoolean("used", declaration.Used);
        json.WriteBoolean("compared", declaration.Compared);
        json.WriteNumber("components", declaration.Components);
        json.WriteArray("leftOut", declaration.LeftOut, static (writer, purl) => writer.WriteStringValue(purl));
        json.WriteArray("added", declaration.Added, static (writer, purl) => writer.WriteStringValue(purl));
        json.WriteArray("different", declaration.Different, static (writer, difference) =>
        {
            writer.WriteStartObject();
            writer.WriteString("declared", difference.Declared);
            writer.WriteString("observed", difference.Observed);
            writer.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static void WriteBase(Utf8JsonWriter json, BaseImage? image)
    {
        if (image is not null)
        {
            json.WriteStartObject("base");
            json.WriteOptional("name", image.Name);
            json.WriteOptional("digest", image.Digest);
            json.WriteNumber("layers", image.Layers);
            json.WriteString("evidence", image.Evidence.ToString());
            json.WriteEndObject();
        }
    }

    private static void WriteLayer(Utf8JsonWriter json, ImageLayer layer)
    {
        json.WriteStartObject();
        json.WriteString("digest", layer.Digest.Value);
        json.WriteOptional("createdBy", layer.CreatedBy);
        json.WriteBoolean("base", layer.IsBase);
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component, bool? isFromBase)
    {
        json.WriteStartObject();
        json.WriteString("purl", component.Purl.ToString());
        json.WriteString("name", component.Name);
        json.WriteString("version", component.Version);
        json.WriteString("ecosystem", component.Ecosystem.ToString());
        json.WriteString("type", component.Type.ToString());
        json.WriteLocation(component.Location);
        json.WriteArray("licenses", component.Licenses, static (writer, license) => writer.WriteStringValue(license));
        if (component.Source is { } source)
        {
            json.WriteStartObject("source");
            json.WriteString("name", source.Name);
            json.WriteString("version", source.Version);
            json.WriteEndObject();
        }

        json.WriteOptional("ownedBy", component.OwnedBy);
        json.WriteOptional("evidence", component.Evidence);
        if (component.IsThirdParty)
        {
            json.WriteBoolean("thirdParty", true);
        }

        json.WriteOptional("origin", component.Origin);
        if (isFromBase is { } known)
        {
            json.WriteBoolean("fromBase", known);
        }

        json.WriteString("foundBy", component.FoundBy);
        json.WriteBoolean("declared", component.Declared);
        json.WriteEndObject();
    }

    private static void WriteUnknown(Utf8JsonWriter json, Unknown unknown)
    {
        json.WriteStartObject();
        json.WriteString("path", unknown.Path);
        json.WriteString("extractor", unknown.Extractor);
        json.WriteString("reason", unknown.Reason);
        json.WriteString("kind", unknown.Kind.ToString());
        json.WriteEndObject();
    }
}

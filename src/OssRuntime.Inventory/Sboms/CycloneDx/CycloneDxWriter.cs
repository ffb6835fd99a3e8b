using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Sboms.Writing;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>Writes CycloneDX 1.6 in JSON.</summary>
internal static class CycloneDxWriter
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, ComponentInventory inventory, SbomSubject subject, SbomFindings? found)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", $"urn:uuid:{SbomIdentity.Of(inventory, subject, found)}");
        json.WriteNumber("version", 1);
        WriteMetadata(json, inventory, subject, found);
        json.WriteStartArray("components");
        if (inventory.OsRelease is { } release)
        {
            WriteDistribution(json, release);
        }

        for (var i = 0; i < inventory.Components.Length; i++)
        {
            WriteComponent(json, inventory.Components[i], i + 1, inventory.OsRelease);
            if (json.BytesPending > SbomWriter.MostPending)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        var vulnerabilities = found is null ? 0 : CycloneDxFindings.Write(json, inventory, found);
        WriteCompositions(json, inventory, found, vulnerabilities);
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, ComponentInventory inventory, SbomSubject subject, SbomFindings? found)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", SbomIdentity.Time(subject));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", "ossruntime");
        json.WriteString("version", subject.ToolVersion);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("component");
        json.WriteString("bom-ref", "subject");
        json.WriteString("type", inventory.Digest is null ? "application" : "container");
        json.WriteString("name", subject.Name);
        if (inventory.Digest is { } digest)
        {
            json.WriteString("version", digest.Value);
        }

        var platform = inventory.Platform is { } given ? [("ossruntime:platform", given.ToString())] : Array.Empty<(string, string)>();
        WriteProperties(json, platform.Concat(inventory.Unknowns.Select(unknown => ("ossruntime:unknown", $"{unknown.Path}: {unknown.Reason}"))));
        json.WriteEndObject();
        if (found is not null)
        {
            WriteProperties(json, WrittenProperties.Of(found));
        }

        json.WriteEndObject();
    }

    private static void WriteDistribution(Utf8JsonWriter json, OsRelease release)
    {
        json.WriteStartObject();
        json.WriteString("bom-ref", "distribution");
        json.WriteString("type", "operating-system");
        json.WriteString("name", release.Id);
        if (release.VersionId is { } version)
        {
            json.WriteString("version", version);
        }

        WriteProperties(json, WrittenProperties.Of(release));
        json.WriteEndObject();
    }

    private static void WriteComponent(Utf8JsonWriter json, Component component, int number, OsRelease? release)
    {
        var kind = component.Type switch
        {
            ComponentType.Application => "application",
            ComponentType.Runtime => "platform",
            _ => "library",
        };
        json.WriteStartObject();
        json.WriteString("bom-ref", $"component-{number}");
        json.WriteString("type", kind);
        if (component.Supplier is { } supplier)
        {
            json.WriteStartObject("supplier");
            json.WriteString("name", supplier);
            json.WriteEndObject();
        }

        WriteName(json, component);
        json.WriteString("version", component.Version);
        WriteLicenses(json, component);
        if (component.Cpe is { } cpe)
        {
            json.WriteString("cpe", cpe);
        }

        json.WriteString("purl", component.Purl.ToString());
        var isUrl = WrittenProperties.IsUrl(component.Origin);
        if (isUrl)
        {
            json.WriteStartArray("externalReferences");
            json.WriteStartObject();
            json.WriteString("type", "distribution");
            json.WriteString("url", component.Origin);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        if (component.Location.Path.Length > 0)
        {
            json.WriteStartObject("evidence");
            json.WriteStartArray("occurrences");
            json.WriteStartObject();
            json.WriteString("location", component.Location.Path);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        var origin = component.Origin is { } text && !isUrl ? [("ossruntime:origin", text)] : Array.Empty<(string, string)>();
        WriteProperties(json, WrittenProperties.Of(component, release, kind).Concat(origin));
        json.WriteEndObject();
    }

    /// <summary>The group apart from the name, where the ecosystem's name is made of both.</summary>
    private static void WriteName(Utf8JsonWriter json, Component component)
    {
        if (component.Purl.Namespace is { } space && component.Name.Length > space.Length + 1 && component.Name.StartsWith(space, StringComparison.Ordinal)
            && component.Name[space.Length] is '/' or ':')
        {
            json.WriteString("group", space);
            json.WriteString("name", component.Name[(space.Length + 1)..]);
        }
        else
        {
            json.WriteString("name", component.Name);
        }
    }

    /// <summary>One expression, or licences each by its identifier or its name: the format does not mix them.</summary>
    private static void WriteLicenses(Utf8JsonWriter json, Component component)
    {
        if (component.Licenses.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("licenses");
        foreach (var license in component.Licenses)
        {
            json.WriteStartObject();
            if (component.Licenses.Length == 1 && !LicenseExpression.IsListed(license) && LicenseExpression.Normalize(license) == license)
            {
                json.WriteString("expression", license);
            }
            else
            {
                json.WriteStartObject("license");
                json.WriteString(LicenseExpression.IsListed(license) ? "id" : "name", license);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Named properties; nothing where there are none.</summary>
    public static void WriteProperties(Utf8JsonWriter json, IEnumerable<(string Name, string Value)> properties)
    {
        var isOpen = false;
        foreach (var (name, value) in properties)
        {
            if (!isOpen)
            {
                json.WriteStartArray("properties");
                isOpen = true;
            }

            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        if (isOpen)
        {
            json.WriteEndArray();
        }
    }

    /// <summary>What is not all there: the components, where something could not be read; the vulnerabilities, where something could not be checked.</summary>
    private static void WriteCompositions(Utf8JsonWriter json, ComponentInventory inventory, SbomFindings? found, int vulnerabilities)
    {
        var isPartlyTold = found is not null && (found.Checked.State != CheckState.Complete || found.Hidden > 0);
        if (inventory.Unknowns.IsEmpty && !isPartlyTold)
        {
            return;
        }

        json.WriteStartArray("compositions");
        if (!inventory.Unknowns.IsEmpty)
        {
            WriteIncomplete(json, "assemblies", ["subject"]);
        }

        if (isPartlyTold)
        {
            WriteIncomplete(json, "vulnerabilities", Enumerable.Range(1, vulnerabilities).Select(number => $"vulnerability-{number}"));
        }

        json.WriteEndArray();
    }

    private static void WriteIncomplete(Utf8JsonWriter json, string what, IEnumerable<string> references)
    {
        json.WriteStartObject();
        json.WriteString("aggregate", "incomplete");
        json.WriteStartArray(what);
        foreach (var reference in references)
        {
            json.WriteStringValue(reference);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

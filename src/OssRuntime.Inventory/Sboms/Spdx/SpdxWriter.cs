using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Sboms.Writing;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>Writes SPDX 2.3 in JSON: the image contains the packages, properties are annotations of them.</summary>
internal sealed class SpdxWriter : IDisposable
{
    private const string Image = "SPDXRef-Image";
    private const string Distribution = "SPDXRef-OperatingSystem";
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly ComponentInventory _inventory;
    private readonly SbomSubject _subject;
    private readonly SortedDictionary<string, string> _licenseNames = new(StringComparer.Ordinal);

    private SpdxWriter(Stream output, ComponentInventory inventory, SbomSubject subject)
    {
        _json = new Utf8JsonWriter(output, Options);
        _inventory = inventory;
        _subject = subject;
    }

    public static void Write(Stream output, ComponentInventory inventory, SbomSubject subject)
    {
        using var writer = new SpdxWriter(output, inventory, subject);
        writer.Write();
    }

    public void Dispose() => _json.Dispose();

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("spdxVersion", "SPDX-2.3");
        _json.WriteString("dataLicense", "CC0-1.0");
        _json.WriteString("SPDXID", "SPDXRef-DOCUMENT");
        _json.WriteString("name", _subject.Name);
        _json.WriteString("documentNamespace", $"https://ossruntime.io/spdx/{SbomIdentity.Of(_inventory, _subject)}");
        _json.WriteStartObject("creationInfo");
        _json.WriteString("created", SbomIdentity.Time(_subject));
        _json.WriteStartArray("creators");
        _json.WriteStringValue(Tool());
        _json.WriteEndArray();
        _json.WriteEndObject();
        WritePackages();
        WriteLicenseNames();
        WriteRelationships();
        _json.WriteEndObject();
    }

    private void WritePackages()
    {
        _json.WriteStartArray("packages");
        var unknowns = _inventory.Unknowns.Select(unknown => ("ossruntime:unknown", $"{unknown.Path}: {unknown.Reason}"));
        var platform = _inventory.Platform is { } given ? [("ossruntime:platform", given.ToString())] : Array.Empty<(string, string)>();
        WritePackage(Image, _subject.Name, _inventory.Digest?.Value, "CONTAINER", null, null, null, platform.Concat(unknowns));
        if (_inventory.OsRelease is { } release)
        {
            WritePackage(Distribution, release.Id, release.VersionId, "OPERATING-SYSTEM", null, null, null, WrittenProperties.Of(release));
        }

        for (var i = 0; i < _inventory.Components.Length; i++)
        {
            WriteComponent(_inventory.Components[i], IdOf(i));
            if (_json.BytesPending > SbomWriter.MostPending)
            {
                _json.Flush();
            }
        }

        _json.WriteEndArray();
    }

    private void WriteComponent(Component component, string id)
    {
        var license = DeclaredLicense.Of(component);
        foreach (var (reference, name) in license.Names)
        {
            _licenseNames[reference] = name;
        }

        var purpose = component.Type is ComponentType.Application ? "APPLICATION" : "LIBRARY";
        WritePackage(
            id,
            component.Name,
            component.Version,
            purpose,
            (component.Purl, component.Cpe),
            WrittenProperties.IsUrl(component.Origin) ? component.Origin : null,
            license.Expression,
            SpdxProperties.Of(component, _inventory.OsRelease, purpose, license));
    }

    private void WritePackage(
        string id, string name, string? version, string purpose, (PackageUrl Purl, string? Cpe)? names, string? origin, string? license, IEnumerable<(string Name, string Value)> properties)
    {
        _json.WriteStartObject();
        _json.WriteString("SPDXID", id);
        _json.WriteString("name", name);
        if (version is not null)
        {
            _json.WriteString("versionInfo", version);
        }

        _json.WriteString("primaryPackagePurpose", purpose);
        _json.WriteString("downloadLocation", origin ?? "NOASSERTION");
        _json.WriteBoolean("filesAnalyzed", false);
        _json.WriteString("licenseConcluded", "NOASSERTION");
        _json.WriteString("licenseDeclared", license ?? "NOASSERTION");
        _json.WriteString("copyrightText", "NOASSERTION");
        if (names is { } told)
        {
            _json.WriteStartArray("externalRefs");
            WriteReference("PACKAGE-MANAGER", "purl", told.Purl.ToString());
            if (told.Cpe is { } cpe)
            {
                WriteReference("SECURITY", "cpe23Type", cpe);
            }

            _json.WriteEndArray();
        }

        WriteAnnotations(properties);
        _json.WriteEndObject();
    }

    private void WriteReference(string category, string type, string locator)
    {
        _json.WriteStartObject();
        _json.WriteString("referenceCategory", category);
        _json.WriteString("referenceType", type);
        _json.WriteString("referenceLocator", locator);
        _json.WriteEndObject();
    }

    private void WriteAnnotations(IEnumerable<(string Name, string Value)> properties)
    {
        var isOpen = false;
        foreach (var (name, value) in properties)
        {
            if (!isOpen)
            {
                _json.WriteStartArray("annotations");
                isOpen = true;
            }

            _json.WriteStartObject();
            _json.WriteString("annotationDate", SbomIdentity.Time(_subject));
            _json.WriteString("annotationType", "OTHER");
            _json.WriteString("annotator", Tool());
            _json.WriteString("comment", $"{name}={value}");
            _json.WriteEndObject();
        }

        if (isOpen)
        {
            _json.WriteEndArray();
        }
    }

    private void WriteLicenseNames()
    {
        if (_licenseNames.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("hasExtractedLicensingInfos");
        foreach (var (reference, name) in _licenseNames)
        {
            _json.WriteStartObject();
            _json.WriteString("licenseId", reference);
            _json.WriteString("name", name);
            _json.WriteString("extractedText", name);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    private void WriteRelationships()
    {
        _json.WriteStartArray("relationships");
        WriteRelationship("SPDXRef-DOCUMENT", "DESCRIBES", Image);
        if (_inventory.OsRelease is not null)
        {
            WriteRelationship(Image, "CONTAINS", Distribution);
        }

        for (var i = 0; i < _inventory.Components.Length; i++)
        {
            WriteRelationship(Image, "CONTAINS", IdOf(i));
        }

        _json.WriteEndArray();
    }

    private void WriteRelationship(string from, string type, string to)
    {
        _json.WriteStartObject();
        _json.WriteString("spdxElementId", from);
        _json.WriteString("relationshipType", type);
        _json.WriteString("relatedSpdxElement", to);
        _json.WriteEndObject();
    }

    private static string IdOf(int index) => $"SPDXRef-Package-{index + 1}";

    private string Tool() => $"Tool: ossruntime-{_subject.ToolVersion}";
}

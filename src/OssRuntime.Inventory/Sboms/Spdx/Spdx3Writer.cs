using System.Text.Encodings.Web;
using System.Text.Json;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Sboms.Writing;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>
/// Writes SPDX 3.0.1 in JSON-LD with the profiles Core, Software, SimpleLicensing and Extension: one graph, in which the image contains the
/// packages, and properties are CycloneDX properties of them.
/// </summary>
internal sealed class Spdx3Writer : IDisposable
{
    private const string Creation = "_:creation";
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter _json;
    private readonly ComponentInventory _inventory;
    private readonly SbomSubject _subject;
    private readonly string _base;
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _licenses = new(StringComparer.Ordinal);

    private Spdx3Writer(Stream output, ComponentInventory inventory, SbomSubject subject)
    {
        _json = new Utf8JsonWriter(output, Options);
        _inventory = inventory;
        _subject = subject;
        _base = $"https://ossruntime.io/spdx/{SbomIdentity.Of(inventory, subject)}#";
    }

    public static void Write(Stream output, ComponentInventory inventory, SbomSubject subject)
    {
        using var writer = new Spdx3Writer(output, inventory, subject);
        writer.Write();
    }

    public void Dispose() => _json.Dispose();

    private void Write()
    {
        _json.WriteStartObject();
        _json.WriteString("@context", "https://spdx.org/rdf/3.0.1/spdx-context.jsonld");
        _json.WriteStartArray("@graph");
        WriteFrame();
        var unknowns = _inventory.Unknowns.Select(unknown => ("ossruntime:unknown", $"{unknown.Path}: {unknown.Reason}"));
        var platform = _inventory.Platform is { } given ? [("ossruntime:platform", given.ToString())] : Array.Empty<(string, string)>();
        WritePackage("image", _subject.Name, _inventory.Digest?.Value, "container", null, null, platform.Concat(unknowns));
        if (_inventory.OsRelease is { } release)
        {
            WritePackage("distribution", release.Id, release.VersionId, "operatingSystem", null, null, WrittenProperties.Of(release));
        }

        var declared = new List<(int Index, string Expression)>();
        for (var i = 0; i < _inventory.Components.Length; i++)
        {
            WriteComponent(_inventory.Components[i], i, declared);
            if (_json.BytesPending > SbomWriter.MostPending)
            {
                _json.Flush();
            }
        }

        WriteLicenses();
        WriteRelationships(declared);
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    /// <summary>Who made it, the document, and the SBOM in it.</summary>
    private void WriteFrame()
    {
        _json.WriteStartObject();
        _json.WriteString("type", "CreationInfo");
        _json.WriteString("@id", Creation);
        _json.WriteString("specVersion", "3.0.1");
        _json.WriteString("created", SbomIdentity.Time(_subject));
        WriteTexts("createdBy", [$"{_base}tool"]);
        _json.WriteEndObject();

        Begin("SoftwareAgent", "tool");
        _json.WriteString("name", $"ossruntime {_subject.ToolVersion}");
        _json.WriteEndObject();

        Begin("SpdxDocument", "document");
        _json.WriteString("name", _subject.Name);
        WriteTexts("profileConformance", ["core", "software", "simpleLicensing", "extension"]);
        WriteTexts("rootElement", [$"{_base}sbom"]);
        _json.WriteEndObject();

        Begin("software_Sbom", "sbom");
        WriteTexts("software_sbomType", ["analyzed"]);
        WriteTexts("rootElement", [$"{_base}image"]);
        _json.WriteEndObject();
    }

    private void WriteComponent(Component component, int index, List<(int Index, string Expression)> declared)
    {
        var license = DeclaredLicense.Of(component);
        if (license.Expression is { } expression)
        {
            if (!_licenses.TryGetValue(expression, out var names))
            {
                _licenses.Add(expression, names = new SortedDictionary<string, string>(StringComparer.Ordinal));
            }

            foreach (var (reference, name) in license.Names)
            {
                names[reference] = name;
            }

            declared.Add((index, expression));
        }

        var purpose = component.Type is ComponentType.Application ? "application" : "library";
        WritePackage(
            NameOf(index),
            component.Name,
            component.Version,
            purpose,
            component.Purl,
            WrittenProperties.IsUrl(component.Origin) ? component.Origin : null,
            SpdxProperties.Of(component, _inventory.OsRelease, purpose, license));
    }

    private void WritePackage(
        string id, string name, string? version, string purpose, PackageUrl? purl, string? origin, IEnumerable<(string Name, string Value)> properties)
    {
        Begin("software_Package", id);
        _json.WriteString("name", name);
        if (version is not null)
        {
            _json.WriteString("software_packageVersion", version);
        }

        _json.WriteString("software_primaryPurpose", purpose);
        if (purl is not null)
        {
            _json.WriteString("software_packageUrl", purl.ToString());
        }

        if (origin is not null)
        {
            _json.WriteString("software_downloadLocation", origin);
        }

        WriteProperties(properties);
        _json.WriteEndObject();
    }

    private void WriteProperties(IEnumerable<(string Name, string Value)> properties)
    {
        var all = properties.ToList();
        if (all.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("extension");
        _json.WriteStartObject();
        _json.WriteString("type", "extension_CdxPropertiesExtension");
        _json.WriteStartArray("extension_cdxProperty");
        foreach (var (name, value) in all)
        {
            _json.WriteStartObject();
            _json.WriteString("type", "extension_CdxPropertyEntry");
            _json.WriteString("extension_cdxPropName", name);
            _json.WriteString("extension_cdxPropValue", value);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteLicenses()
    {
        var number = 0;
        foreach (var (expression, names) in _licenses)
        {
            Begin("simplelicensing_LicenseExpression", $"license-{++number}");
            _json.WriteString("simplelicensing_licenseExpression", expression);
            if (names.Count > 0)
            {
                _json.WriteStartArray("simplelicensing_customIdToUri");
                foreach (var reference in names.Keys)
                {
                    _json.WriteStartObject();
                    _json.WriteString("type", "DictionaryEntry");
                    _json.WriteString("key", reference);
                    _json.WriteString("value", $"{_base}{reference}");
                    _json.WriteEndObject();
                }

                _json.WriteEndArray();
            }

            _json.WriteEndObject();
        }

        foreach (var (reference, name) in _licenses.Values.SelectMany(names => names).DistinctBy(pair => pair.Key).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Begin("simplelicensing_SimpleLicensingText", reference);
            _json.WriteString("name", name);
            _json.WriteString("simplelicensing_licenseText", name);
            _json.WriteEndObject();
        }
    }

    private void WriteRelationships(List<(int Index, string Expression)> declared)
    {
        var contained = Enumerable.Range(0, _inventory.Components.Length).Select(index => $"{_base}{NameOf(index)}");
        WriteRelationship("contains-1", "contains", "image", _inventory.OsRelease is null ? contained : contained.Prepend($"{_base}distribution"));
        var numbers = _licenses.Keys.Select((expression, index) => (expression, index)).ToDictionary(pair => pair.expression, pair => pair.index + 1, StringComparer.Ordinal);
        foreach (var (index, expression) in declared)
        {
            WriteRelationship($"declares-{index + 1}", "hasDeclaredLicense", NameOf(index), [$"{_base}license-{numbers[expression]}"]);
        }
    }

    private void WriteRelationship(string id, string type, string from, IEnumerable<string> to)
    {
        var targets = to.ToList();
        if (targets.Count == 0)
        {
            return;
        }

        Begin("Relationship", id);
        _json.WriteString("relationshipType", type);
        _json.WriteString("from", $"{_base}{from}");
        WriteTexts("to", targets);
        _json.WriteEndObject();
    }

    private void Begin(string type, string id)
    {
        _json.WriteStartObject();
        _json.WriteString("type", type);
        _json.WriteString("spdxId", $"{_base}{id}");
        _json.WriteString("creationInfo", Creation);
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private static string NameOf(int index) => $"package-{index + 1}";
}

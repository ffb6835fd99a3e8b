using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>
/// CycloneDX with <c>vulnerabilities[].analysis</c>. What is affected is named by reference: to a component of the document, to one of another
/// document by BOM-Link, or by a package URL.
/// </summary>
internal static class CycloneDxVexReader
{
    public static VexDocument Read(JsonElement root, string name)
    {
        var id = root.Text("serialNumber") ?? name;
        var components = Components(root);
        var skipped = new List<string>();
        var statements = ImmutableArray.CreateBuilder<VexStatement>();
        foreach (var flaw in root.Items("vulnerabilities"))
        {
            var analysis = flaw.At("analysis");
            var flaws = Flaws(flaw);
            var products = flaw.Items("affects").Select(affected => Find(affected.Text("ref"), components)).OfType<PackageUrl>()
                .Select(purl => new VexProduct(purl, PlatformCpe: null, [])).ToImmutableArray();
            if (VexWords.Status(analysis.Text("state")) is not { } status || flaws.IsEmpty || products.IsEmpty)
            {
                skipped.Add("a vulnerability was skipped: its ID, its analysis or a component with a package URL is missing");
                continue;
            }

            statements.Add(new VexStatement
            {
                Flaws = flaws,
                Products = products,
                Status = status,
                Justification = analysis.Text("justification"),
                Text = analysis.Text("detail"),
                At = analysis.Instant("lastUpdated") ?? analysis.Instant("firstIssued") ?? root.At("metadata").Instant("timestamp"),
                Source = id,
            });
        }

        return new VexDocument(id, statements.DrainToImmutable(), [.. skipped]);
    }

    private static ImmutableArray<string> Flaws(JsonElement flaw)
    {
        string?[] ids = [flaw.Text("id"), .. flaw.Items("references").Select(reference => reference.Text("id"))];
        return [.. ids.OfType<string>().Where(id => id.Length is > 0 and <= AdvisoryIds.Longest).Select(AdvisoryIds.Canonical).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The package URLs of the document's components, nested ones too, by their reference.</summary>
    private static Dictionary<string, PackageUrl> Components(JsonElement root)
    {
        var found = new Dictionary<string, PackageUrl>(StringComparer.Ordinal);
        Add(root.At("metadata").At("component"));
        foreach (var component in root.Items("components"))
        {
            Add(component);
        }

        return found;

        void Add(JsonElement component)
        {
            if (component.Text("bom-ref") is { } reference && VexWords.Purl(component.Text("purl")) is { } purl)
            {
                found[reference] = purl;
            }

            foreach (var inner in component.Items("components"))
            {
                Add(inner);
            }
        }
    }

    /// <summary>A BOM-Link (<c>urn:cdx:serial/version#ref</c>) ends with the reference, percent-encoded.</summary>
    private static PackageUrl? Find(string? reference, Dictionary<string, PackageUrl> components)
    {
        if (reference is null)
        {
            return null;
        }

        var hash = reference.StartsWith("urn:cdx:", StringComparison.Ordinal) ? reference.IndexOf('#', StringComparison.Ordinal) : -1;
        var name = hash < 0 ? reference : Uri.UnescapeDataString(reference[(hash + 1)..]);
        return components.GetValueOrDefault(name) ?? VexWords.Purl(name);
    }
}

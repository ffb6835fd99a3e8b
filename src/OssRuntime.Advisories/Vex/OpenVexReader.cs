using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>
/// OpenVEX (openvex.dev, spec 0.2.0). Up to 0.0 a product was a text and the vulnerability one too; both are read. What a statement leaves out
/// (the instant) it takes from its document.
/// </summary>
internal static class OpenVexReader
{
    public static VexDocument Read(JsonElement root, string name)
    {
        var id = root.Text("@id") ?? name;
        var skipped = new List<string>();
        var statements = ImmutableArray.CreateBuilder<VexStatement>();
        foreach (var statement in root.Items("statements"))
        {
            var flaws = Flaws(statement);
            var products = statement.Items("products").Select(Product).OfType<VexProduct>().ToImmutableArray();
            if (VexWords.Status(statement.Text("status")) is not { } status || flaws.IsEmpty || products.IsEmpty)
            {
                skipped.Add("a statement was skipped: its vulnerability, its status or a product with a package URL is missing");
                continue;
            }

            statements.Add(new VexStatement
            {
                Flaws = flaws,
                Products = products,
                Status = status,
                Justification = statement.Text("justification"),
                Text = statement.Text("impact_statement") ?? statement.Text("action_statement") ?? statement.Text("status_notes"),
                At = statement.Instant("timestamp") ?? root.Instant("last_updated") ?? root.Instant("timestamp"),
                Source = id,
            });
        }

        return new VexDocument(id, statements.DrainToImmutable(), [.. skipped]);
    }

    private static ImmutableArray<string> Flaws(JsonElement statement)
    {
        var flaw = statement.At("vulnerability");
        string?[] ids = [flaw.Text() ?? flaw.Text("name") ?? flaw.Text("@id"), .. flaw.Texts("aliases")];
        return [.. ids.OfType<string>().Where(id => id.Length is > 0 and <= AdvisoryIds.Longest).Select(AdvisoryIds.Canonical).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A product; null for one without a package URL, or where none of its subcomponents has one: the rest would say too much.</summary>
    private static VexProduct? Product(JsonElement product)
    {
        ImmutableArray<PackageUrl> parts = [.. product.Items("subcomponents").Select(Purl).OfType<PackageUrl>()];
        return Purl(product) is { } purl && (parts.Length > 0 || !product.Items("subcomponents").Any()) ? new VexProduct(purl, PlatformCpe: null, parts) : null;
    }

    private static PackageUrl? Purl(JsonElement product) =>
        VexWords.Purl(product.Text()) ?? VexWords.Purl(product.At("identifiers").Text("purl")) ?? VexWords.Purl(product.Text("@id"));
}

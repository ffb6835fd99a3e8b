using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Vex;

/// <summary>CSAF 2.0 documents of any profile that has product statuses: a statement for each flaw, status and justification.</summary>
internal static class CsafVexReader
{
    private static readonly string[] Statuses = ["known_not_affected", "fixed", "first_fixed", "known_affected", "under_investigation"];

    public static VexDocument Read(JsonElement root, string name)
    {
        var tracking = root.At("document").At("tracking");
        var id = tracking.Text("id") ?? name;
        var products = new CsafProducts(root);
        var skipped = new List<string>();
        var statements = ImmutableArray.CreateBuilder<VexStatement>();
        foreach (var flaw in root.Items("vulnerabilities"))
        {
            ImmutableArray<string> flaws = [.. ((string?[])[flaw.Text("cve"), .. flaw.Items("ids").Select(other => other.Text("text"))])
                .OfType<string>().Where(text => text.Length is > 0 and <= AdvisoryIds.Longest).Select(AdvisoryIds.Canonical)];
            if (flaws.IsEmpty)
            {
                skipped.Add("a vulnerability was skipped: its ID is missing");
                continue;
            }

            var justifications = Labels(flaw, "flags", "label");
            var texts = Labels(flaw, "threats", "details");
            foreach (var status in Statuses)
            {
                foreach (var group in flaw.At("product_status").Texts(status)
                    .Select(product => (Product: Product(products.Find(product)), Why: justifications.GetValueOrDefault(product), Text: texts.GetValueOrDefault(product)))
                    .Where(entry => entry.Product is not null).GroupBy(entry => (entry.Why, entry.Text)))
                {
                    statements.Add(new VexStatement
                    {
                        Flaws = flaws,
                        Products = [.. group.Select(entry => entry.Product!)],
                        Status = VexWords.Status(status)!.Value,
                        Justification = group.Key.Why,
                        Text = group.Key.Text,
                        At = tracking.Instant("current_release_date"),
                        Source = id,
                    });
                }
            }
        }

        return new VexDocument(id, statements.DrainToImmutable(), [.. skipped]);
    }

    /// <summary>What a list says of each product that its entries name: flags their label, threats of the category impact their details.</summary>
    private static Dictionary<string, string> Labels(JsonElement flaw, string list, string property)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in flaw.Items(list).Where(entry => list == "flags" || entry.Text("category") == "impact"))
        {
            foreach (var product in entry.Text(property) is null ? [] : entry.Texts("product_ids"))
            {
                labels[product] = entry.Text(property)!;
            }
        }

        return labels;
    }

    /// <summary>A package alone, a package as a part of a platform that a CPE names, or a package within a product that has a package URL.</summary>
    private static VexProduct? Product(CsafPart? part)
    {
        if (part is null)
        {
            return null;
        }

        var component = VexWords.Purl(part.Component.Purl);
        var platform = VexWords.Purl(part.Platform?.Purl);
        return (component, platform) switch
        {
            (null, _) => null,
            (_, null) => part.Platform is { Cpe: null } ? null : new VexProduct(component, part.Platform?.Cpe, []),
            _ => new VexProduct(platform, PlatformCpe: null, [component]),
        };
    }
}

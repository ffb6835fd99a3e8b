using System.Text.Json;
using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Advisories.Feeds.Rpm;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Suse;

/// <summary>
/// Makes an advisory of a CSAF document of SUSE. Fixes stand under <c>recommended</c> and <c>fixed</c>, flaws without one under <c>known_affected</c>, all as
/// binary packages of a product. Products other than the distributions (SAP, containers, cloud images) are left away; a document that speaks of none of
/// them still adds its vectors to what others say.
/// </summary>
internal static class SuseParser
{
    private static readonly string[] Fixed = ["recommended", "fixed", "first_fixed"];

    /// <summary>Reads a document.</summary>
    public static FeedAdvisory Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        using var json = JsonDocument.Parse(bytes);
        var flaws = json.RootElement.Items("vulnerabilities").ToList();
        var draft = CsafDraft.Begin(json.RootElement, flaws);
        var products = new CsafProducts(json.RootElement);
        var fixes = new RpmFixes();
        var open = new SortedDictionary<string, AffectedPackage>(StringComparer.Ordinal);
        foreach (var flaw in flaws)
        {
            AddFixes(flaw, products, fixes, draft);
            AddOpen(flaw, products, open, draft);
        }

        foreach (var package in fixes.Affected().Concat(open.Values))
        {
            draft.AddAffected(package);
        }

        return draft.Finish(source) with { OnlyAdds = draft.Affected.Count == 0 };
    }

    private static void AddFixes(JsonElement flaw, CsafProducts products, RpmFixes fixes, AdvisoryDraft draft)
    {
        foreach (var id in Fixed.SelectMany(status => flaw.At("product_status").Texts(status)))
        {
            draft.Count(1);
            if (products.Find(id) is { Platform.Name: { } platform } part && SuseProduct.Ecosystem(platform) is { } ecosystem && SuseProduct.Package(part.Component) is (var name, { } version))
            {
                fixes.Add(ecosystem.ToString(), name, version);
            }
        }
    }

    private static void AddOpen(JsonElement flaw, CsafProducts products, SortedDictionary<string, AffectedPackage> open, AdvisoryDraft draft)
    {
        var plans = CsafDraft.Plans(flaw);
        foreach (var (status, usual) in (ReadOnlySpan<(string, FixState)>)[("known_affected", FixState.NotFixed), ("under_investigation", FixState.UnderInvestigation)])
        {
            foreach (var id in flaw.At("product_status").Texts(status))
            {
                draft.Count(1);
                if (products.Find(id) is { Platform.Name: { } platform } part && SuseProduct.Ecosystem(platform) is { } ecosystem && SuseProduct.Package(part.Component) is var (name, _))
                {
                    open[$"{ecosystem} {name}"] = new AffectedPackage(ecosystem, name, [AffectedRange.Every], [], []) { State = plans.GetValueOrDefault(id, usual) };
                }
            }
        }
    }
}

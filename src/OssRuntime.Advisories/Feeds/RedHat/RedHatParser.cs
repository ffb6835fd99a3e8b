using System.Text.Json;
using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Advisories.Naming;

namespace OssRuntime.Advisories.Feeds.RedHat;

/// <summary>
/// Makes an advisory of a CSAF document of Red Hat: what was fixed where, what is affected and will or will not be fixed. Products other than
/// Red Hat Enterprise Linux are left away; a document that speaks of no package of it still adds its vectors to what others say.
/// </summary>
internal static class RedHatParser
{
    /// <summary>Reads a document.</summary>
    public static FeedAdvisory Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        using var json = JsonDocument.Parse(bytes);
        var document = json.RootElement.At("document");
        var vex = document.Text("category") switch
        {
            "csaf_vex" => true,
            "csaf_security_advisory" => false,
            _ => throw new FeedRecordException("the document is neither a CSAF advisory nor CSAF VEX"),
        };
        var flaws = json.RootElement.Items("vulnerabilities").ToList();
        var cves = flaws.Select(flaw => flaw.Text("cve")).OfType<string>().Select(AdvisoryIds.Canonical).Distinct(StringComparer.Ordinal).ToList();
        var id = document.At("tracking").Text("id");
        var draft = new AdvisoryDraft
        {
            Id = vex && cves.Count == 1 && (id is null || AdvisoryIds.IsCve(AdvisoryIds.Canonical(id))) ? cves[0] : id,
            Modified = document.At("tracking").Instant("current_release_date"),
            Summary = document.Text("title"),
            Details = Note(flaws.Count == 1 ? flaws[0] : document),
            SeverityWord = document.At("aggregate_severity").Text("text"),
        };
        foreach (var cve in cves.Where(cve => cve != draft.Id))
        {
            draft.AddId(draft.Upstream, cve);
        }

        foreach (var reference in document.Items("references"))
        {
            draft.AddReference(reference.Text("url"));
        }

        ReadFlaws(flaws, new CsafProducts(json.RootElement), draft);
        return draft.Finish(source) with { OnlyAdds = draft.Affected.Count == 0 };
    }

    private static void ReadFlaws(List<JsonElement> flaws, CsafProducts products, AdvisoryDraft draft)
    {
        var packages = new RedHatPackages(products);
        foreach (var flaw in flaws)
        {
            packages.Add(flaw);
            foreach (var score in flaws.Count == 1 ? flaw.Items("scores") : [])
            {
                foreach (var format in (ReadOnlySpan<string>)["cvss_v4", "cvss_v3", "cvss_v2"])
                {
                    if (score.At(format).Text("vectorString") is { Length: > 0 and < 512 } vector && !draft.Vectors.Contains(vector))
                    {
                        draft.Vectors.Add(vector);
                    }
                }
            }
        }

        foreach (var package in packages.Affected())
        {
            draft.AddAffected(package);
        }

        if (packages.Elsewhere)
        {
            draft.Trim("it also speaks of products that are not Red Hat Enterprise Linux");
        }
    }

    private static string? Note(JsonElement flaw) => flaw.Items("notes").FirstOrDefault(note => note.Text("category") is "description" or "summary").Text("text");
}

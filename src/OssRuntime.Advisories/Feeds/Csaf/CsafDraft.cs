using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Csaf;

/// <summary>What a distribution's CSAF 2.0 document says before it comes to products: a VEX document is about a CVE, an advisory about an erratum.</summary>
internal static class CsafDraft
{
    /// <summary>Begins the advisory of a document.</summary>
    /// <exception cref="FeedRecordException">The document is neither an advisory nor VEX.</exception>
    public static AdvisoryDraft Begin(JsonElement root, IReadOnlyList<JsonElement> flaws)
    {
        var document = root.At("document");
        var vex = document.Text("category") switch
        {
            "csaf_vex" => true,
            "csaf_security_advisory" => false,
            _ => throw new FeedRecordException("the document is neither a CSAF advisory nor CSAF VEX"),
        };
        var cves = flaws.Select(flaw => flaw.Text("cve")).OfType<string>().Select(AdvisoryIds.Canonical).Distinct(StringComparer.Ordinal).ToList();
        var id = document.At("tracking").Text("id");
        var draft = new AdvisoryDraft
        {
            Id = vex && cves.Count == 1 && (id is null || AdvisoryIds.IsCve(AdvisoryIds.Canonical(id))) ? cves[0] : id,
            Modified = document.At("tracking").Instant("current_release_date"),
            Summary = document.Text("title"),
            Details = Note(flaws.Count == 1 ? flaws[0] : document) ?? Note(document),
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

        AddVectors(flaws, draft);
        return draft;
    }

    /// <summary>What is planned for each product, by the remediations that name it.</summary>
    public static Dictionary<string, FixState> Plans(JsonElement flaw)
    {
        var plans = new Dictionary<string, FixState>(StringComparer.Ordinal);
        foreach (var remediation in flaw.Items("remediations"))
        {
            FixState? state = (remediation.Text("category"), remediation.Text("details")) switch
            {
                ("no_fix_planned", "Out of support scope") => FixState.EndOfLife,
                ("no_fix_planned", _) => FixState.WontFix,
                ("none_available", _) => FixState.NotFixed,
                _ => null,
            };
            foreach (var id in state is null ? [] : remediation.Texts("product_ids"))
            {
                plans[id] = state!.Value;
            }
        }

        return plans;
    }

    /// <summary>Vectors of a document on one flaw; those of several would be of none.</summary>
    private static void AddVectors(IReadOnlyList<JsonElement> flaws, AdvisoryDraft draft)
    {
        foreach (var score in flaws.Count == 1 ? flaws[0].Items("scores") : [])
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

    private static string? Note(JsonElement flaw) => flaw.Items("notes").FirstOrDefault(note => note.Text("category") is "description" or "summary").Text("text");
}

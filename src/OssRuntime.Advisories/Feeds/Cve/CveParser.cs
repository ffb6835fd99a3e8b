using System.Text.Json;
using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Advisories.Feeds.Osv;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Cve;

/// <summary>Reads a CVE record (CVE JSON record format 5): vectors, weaknesses and references of the CNA and of those who add to it.</summary>
internal static class CveParser
{
    private static readonly string[] Formats = ["cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"];

    /// <summary>Reads a document.</summary>
    public static FeedAdvisory Parse(ReadOnlyMemory<byte> document, string source)
    {
        using var json = JsonDocument.Parse(document);
        var head = json.RootElement.At("cveMetadata");
        if (head.Text("cveId") is not { Length: > 0 } id)
        {
            throw new FeedRecordException("the document is no CVE record");
        }

        if (head.Text("state") != "PUBLISHED")
        {
            throw new FeedRecordException("the CVE is not published, or was rejected");
        }

        var draft = new AdvisoryDraft { Id = id, Modified = head.Instant("dateUpdated") };
        var containers = json.RootElement.At("containers");
        var affected = new CpeAffected();
        CveAffected.Read(containers.At("cna"), affected);
        ReadContainer(containers.At("cna"), draft);
        foreach (var container in containers.Items("adp"))
        {
            ReadContainer(container, draft);
            if (affected.IsEmpty)
            {
                CveAffected.Read(container, affected);
            }
        }

        affected.AddTo(draft);
        return draft.Finish(source) with { OnlyAdds = draft.Affected.Count == 0 };
    }

    private static void ReadContainer(JsonElement container, AdvisoryDraft draft)
    {
        draft.Summary ??= container.Text("title");
        draft.Details ??= container.Items("descriptions").FirstOrDefault(text => text.Text("lang")?.StartsWith("en", StringComparison.Ordinal) == true).Text("value");
        foreach (var metric in container.Items("metrics"))
        {
            foreach (var format in Formats)
            {
                if (metric.At(format).Text("vectorString") is { Length: > 0 and < 512 } vector && !draft.Vectors.Contains(vector))
                {
                    draft.Vectors.Add(vector);
                }
            }

            if (metric.At("other").Text("type") == "ssvc")
            {
                draft.Ssvc = Assessment(metric.At("other").At("content")) ?? draft.Ssvc;
            }
        }

        foreach (var weakness in container.Items("problemTypes").SelectMany(type => type.Items("descriptions")))
        {
            draft.Malware |= weakness.Text("cweId") == OsvSpecifics.MaliciousCode;
        }

        foreach (var reference in container.Items("references"))
        {
            draft.AddReference(reference.Text("url"), marked: reference.Texts("tags").Contains("exploit"));
        }
    }

    /// <summary>The decision points of SSVC as CISA writes them: a list of objects with one property each.</summary>
    private static SsvcAssessment? Assessment(JsonElement content)
    {
        string? exploitation = null, automatable = null, impact = null;
        foreach (var option in content.Items("options"))
        {
            exploitation = option.Text("Exploitation") ?? exploitation;
            automatable = option.Text("Automatable") ?? automatable;
            impact = option.Text("Technical Impact") ?? impact;
        }

        return exploitation is null
            ? null
            : new SsvcAssessment(
                exploitation switch { "active" => ExploitationEvidence.Active, "poc" => ExploitationEvidence.ProofOfConcept, _ => ExploitationEvidence.None },
                automatable == "yes",
                impact == "total");
    }
}

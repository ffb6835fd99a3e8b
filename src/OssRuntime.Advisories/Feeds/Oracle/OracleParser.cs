using System.Xml;
using OssRuntime.Advisories.Feeds.Rpm;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Feeds.Oracle;

/// <summary>Makes an advisory of each OVAL definition of Oracle Linux.</summary>
internal static class OracleParser
{
    private const int LongestText = 8192;

    /// <summary>Reads a document.</summary>
    /// <exception cref="FeedFileException">It is another one.</exception>
    public static void Read(XmlReader xml, string source, IFeedSink sink, CancellationToken cancellation)
    {
        if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "oval_definitions")
        {
            throw new FeedFileException("the document has no OVAL definitions");
        }

        while (XmlReading.Next(xml))
        {
            cancellation.ThrowIfCancellationRequested();
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "definition" })
            {
                ReadDefinition(xml, source, sink);
            }
        }
    }

    private static void ReadDefinition(XmlReader xml, string source, IFeedSink sink)
    {
        var draft = new AdvisoryDraft();
        var fixes = new RpmFixes();
        var name = xml.GetAttribute("id") ?? "a definition without id";
        var depth = XmlReading.DepthOfContent(xml);
        while (XmlReading.NextWithin(xml, depth))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "criteria" })
            {
                foreach (var (release, module, package, fix) in OracleCriteria.Read(xml).Packages())
                {
                    fixes.Add($"Oracle Linux:{release}", OracleFlavours.Name(RpmModules.Name(RpmModules.Stream(module), package), fix), fix);
                }
            }
            else if (xml.NodeType == XmlNodeType.Element)
            {
                ReadMetadata(xml, draft);
            }
        }

        foreach (var package in fixes.Affected())
        {
            draft.AddAffected(package);
        }

        Hand(draft, name, source, sink);
    }

    private static void ReadMetadata(XmlReader xml, AdvisoryDraft draft)
    {
        switch (xml.LocalName)
        {
            case "title":
                ReadTitle(XmlReading.Text(xml, LongestText), draft);
                break;
            case "description":
                draft.Details = XmlReading.Text(xml, LongestText);
                break;
            case "severity":
                draft.SeverityWord = XmlReading.Text(xml, 64);
                break;
            case "issued" or "updated":
                draft.Modified = XmlReading.Instant(xml.GetAttribute("date")) is { } instant && !(draft.Modified > instant) ? instant : draft.Modified;
                break;
            case "reference":
                draft.AddReference(xml.GetAttribute("ref_url"));
                AddFlaw(draft, xml.GetAttribute("ref_id"));
                break;
            case "cve":
                var score = xml.GetAttribute("cvss3");
                AddVector(draft, score);
                AddFlaw(draft, XmlReading.Text(xml, AdvisoryIds.Longest));
                break;
        }
    }

    /// <summary><c>ELSA-2022-4803:  rsyslog security update (IMPORTANT)</c>.</summary>
    private static void ReadTitle(string title, AdvisoryDraft draft)
    {
        var colon = title.IndexOf(':', StringComparison.Ordinal);
        draft.Id = colon > 0 ? title[..colon].Trim() : null;
        draft.Summary = title[(colon + 1)..].Trim();
    }

    private static void AddFlaw(AdvisoryDraft draft, string? id)
    {
        if (id is not null && AdvisoryIds.Canonical(id) is var cve && AdvisoryIds.IsCve(cve) && !draft.Upstream.Contains(cve))
        {
            draft.AddId(draft.Upstream, cve);
        }
    }

    /// <summary>A score, a slash and the vector that it is of. Where an erratum has several flaws, the record's vectors rate the worst of them.</summary>
    private static void AddVector(AdvisoryDraft draft, string? score)
    {
        if (score?.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && score.Length < 512 && !draft.Vectors.Contains(score[(slash + 1)..]))
        {
            draft.Vectors.Add(score[(slash + 1)..]);
        }
    }

    private static void Hand(AdvisoryDraft draft, string name, string source, IFeedSink sink)
    {
        try
        {
            sink.Accept(draft.Affected.Count > 0 ? draft.Finish(source) : throw new FeedRecordException("the definition names no package of a release"));
        }
        catch (FeedRecordException exception)
        {
            sink.Skip(draft.Id ?? name, exception.Message);
        }
    }
}

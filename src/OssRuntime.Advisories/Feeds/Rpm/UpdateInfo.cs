using System.Xml;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Feeds.Rpm;

/// <summary>
/// Reads <c>updateinfo.xml</c>, in which the repositories of rpm distributions list their errata: <c>update</c> elements with an id, references of type
/// <c>cve</c> and packages with epoch, version and release.
/// </summary>
internal static class UpdateInfo
{
    private const int LongestText = 8192;

    /// <summary>Gives every security erratum of a document to a sink.</summary>
    /// <param name="xml">The document.</param>
    /// <param name="ecosystem">The distribution and its release.</param>
    /// <param name="source">The source of the records.</param>
    /// <param name="begin">From which version on an erratum speaks of a package that is fixed in a version; null for all.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="FeedFileException">The document is another one.</exception>
    public static void Read(XmlReader xml, string ecosystem, string source, Func<string, string?> begin, IFeedSink sink, CancellationToken cancellation)
    {
        if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "updates")
        {
            throw new FeedFileException("the document is no list of updates");
        }

        while (XmlReading.Next(xml))
        {
            cancellation.ThrowIfCancellationRequested();
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "update" })
            {
                ReadUpdate(xml, ecosystem, source, begin, sink);
            }
        }
    }

    private static void ReadUpdate(XmlReader xml, string ecosystem, string source, Func<string, string?> begin, IFeedSink sink)
    {
        var draft = new AdvisoryDraft();
        var fixes = new RpmFixes();
        var type = xml.GetAttribute("type");
        var depth = XmlReading.DepthOfContent(xml);
        while (XmlReading.NextWithin(xml, depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                ReadElement(xml, depth + 1, draft, (name, fix) => fixes.Add(ecosystem, name, fix, begin(fix)));
            }
        }

        HandOver(draft, fixes, type, source, sink);
    }

    private static void ReadElement(XmlReader xml, int outer, AdvisoryDraft draft, Action<string, string> fix)
    {
        switch (xml.LocalName)
        {
            case "id" when xml.Depth == outer:
                draft.Id = XmlReading.Text(xml, AdvisoryIds.Longest + 1);
                break;
            case "title" when xml.Depth == outer:
                draft.Summary = XmlReading.Text(xml, LongestText);
                break;
            case "description" when xml.Depth == outer:
                draft.Details = XmlReading.Text(xml, LongestText);
                break;
            case "severity" when xml.Depth == outer:
                draft.SeverityWord = XmlReading.Text(xml, 64);
                break;
            case "issued" or "updated":
                draft.Modified = XmlReading.Instant(xml.GetAttribute("date")) is { } instant && !(draft.Modified > instant) ? instant : draft.Modified;
                break;
            case "reference" when xml.GetAttribute("type") == "cve":
                draft.AddId(draft.Upstream, xml.GetAttribute("id"));
                draft.AddReference(xml.GetAttribute("href"));
                break;
            case "package" when xml.GetAttribute("name") is { Length: > 0 } name && xml.GetAttribute("version") is { Length: > 0 } version && xml.GetAttribute("arch") != "src":
                draft.Count(1);
                fix(name, RpmFixes.Version(xml.GetAttribute("epoch"), version, xml.GetAttribute("release")));
                break;
        }
    }

    private static void HandOver(AdvisoryDraft draft, RpmFixes fixes, string? type, string source, IFeedSink sink)
    {
        var name = draft.Id ?? "an update without id";
        if (type is not (null or "security"))
        {
            sink.Skip(name, "a bug fix or an enhancement, not a security advisory");
            return;
        }

        foreach (var package in fixes.Affected())
        {
            draft.AddAffected(package);
        }

        Hand(draft, name, source, sink);
    }

    private static void Hand(AdvisoryDraft draft, string name, string source, IFeedSink sink)
    {
        try
        {
            sink.Accept(draft.Affected.Count > 0 ? draft.Finish(source) : throw new FeedRecordException("the update names no packages"));
        }
        catch (FeedRecordException exception)
        {
            sink.Skip(name, exception.Message);
        }
    }
}

using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.RetireJs;

/// <summary>Reads libraries, each with <c>vulnerabilities[]</c>: <c>atOrAbove</c>, <c>below</c>, severity, and the ids that others gave the flaw.</summary>
internal static class RetireJsParser
{
    /// <summary>An entry with which the list explains itself.</summary>
    private const string Example = "retire-example";

    /// <summary>Reads a list.</summary>
    public static void Read(JsonElement document, string source, IFeedSink sink)
    {
        var libraries = document.At("advisories") is { ValueKind: JsonValueKind.Object } inner ? inner : document;
        if (libraries.ValueKind != JsonValueKind.Object)
        {
            throw new FeedFileException("the document is no JSON object");
        }

        foreach (var library in libraries.Properties().Where(library => library.Name != Example))
        {
            foreach (var flaw in library.Value.Items("vulnerabilities"))
            {
                Hand(library.Name, library.Value.Text("npmname") ?? library.Name, flaw, source, sink);
            }
        }
    }

    private static void Hand(string library, string name, JsonElement flaw, string source, IFeedSink sink)
    {
        var ids = flaw.At("identifiers");
        var id = $"RETIREJS-{Named(library, flaw, ids)}";
        try
        {
            var draft = new AdvisoryDraft { Id = id, Summary = ids.Text("summary"), Details = ids.Text("summary"), SeverityWord = flaw.Text("severity") };
            var cves = ids.Texts("CVE").Select(AdvisoryIds.Canonical).Where(AdvisoryIds.IsCve).Distinct(StringComparer.Ordinal).ToList();
            (cves.Count <= 1 ? draft.Aliases : draft.Upstream).AddRange(cves);
            if (cves.Count <= 1 && ids.Text("githubID") is { Length: > 0 } github)
            {
                draft.AddId(draft.Aliases, github);
            }

            foreach (var address in flaw.Texts("info"))
            {
                draft.AddReference(address);
            }

            if (flaw.Text("below") is not { Length: > 0 } below)
            {
                throw new FeedRecordException("it names no version below which the flaw is");
            }

            draft.AddAffected(new AffectedPackage(
                new Ecosystem("npm"),
                name,
                [new AffectedRange(RangeType.Ecosystem, [new RangeEvent(RangeEventType.Introduced, flaw.Text("atOrAbove") ?? "0"), new RangeEvent(RangeEventType.Fixed, below)])],
                [],
                []));
            sink.Accept(draft.Finish(source));
        }
        catch (FeedRecordException exception)
        {
            sink.Skip(id, exception.Message);
        }
    }

    /// <summary>The list has no ids of its own for most entries; what an entry says makes one that stays the same as long as it does.</summary>
    private static string Named(string library, JsonElement flaw, JsonElement ids)
    {
        var words = $"{flaw.Text("atOrAbove")} {flaw.Text("below")} {ids.Text("summary")} {ids.Text("githubID")} {string.Join(' ', ids.Texts("CVE"))} {flaw.Texts("info").FirstOrDefault()}";
        return $"{library}-{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(words)):x16}";
    }
}

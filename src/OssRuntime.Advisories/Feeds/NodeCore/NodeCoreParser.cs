using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.NodeCore;

/// <summary>Reads one advisory: <c>vulnerable</c> names release lines (<c>18.x || 20.x</c>), <c>patched</c> the first release of each with the fix.</summary>
internal static class NodeCoreParser
{
    /// <summary>Reads an advisory.</summary>
    /// <exception cref="FeedRecordException">It cannot be used.</exception>
    public static FeedAdvisory Parse(string number, JsonElement json, string source)
    {
        var draft = new AdvisoryDraft
        {
            Id = $"NODEJS-CORE-{number}",
            Summary = json.Text("description") ?? FirstLine(json.Text("overview")),
            Details = json.Text("overview"),
            SeverityWord = json.Text("severity") is { } word and not "unknown" ? word : null,
        };
        var cves = json.Texts("cve").Select(AdvisoryIds.Canonical).Where(id => AdvisoryIds.IsCve(id)).Distinct(StringComparer.Ordinal).ToList();
        (cves.Count == 1 ? draft.Aliases : draft.Upstream).AddRange(cves);
        if (json.Text("cvss") is { } vector)
        {
            draft.Vectors.Add(vector.StartsWith("CVSS:", StringComparison.Ordinal) ? vector : $"CVSS:{vector}");
        }

        draft.AddReference(json.Text("ref"));
        var ranges = NodeLines.Ranges(json.Text("vulnerable"), json.Text("patched"));
        if (ranges.IsEmpty)
        {
            throw new FeedRecordException("it names no release line that is vulnerable");
        }

        draft.AddAffected(new AffectedPackage(new Ecosystem("generic"), "node", ranges, [], []));
        return draft.Finish(source);
    }

    private static string? FirstLine(string? text) => text?.Split('\n')[0];
}

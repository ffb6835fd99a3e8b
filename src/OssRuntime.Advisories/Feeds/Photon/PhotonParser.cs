using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.Photon;

/// <summary>
/// Reads <c>[{"cve_id", "pkg", "cve_score", "aff_ver", "res_ver", "status"}]</c>. <c>res_ver</c> is the version with the fix; <c>NA</c> stands for none, and
/// a <c>status</c> of <c>Not Affected</c> for a package that never had the flaw.
/// </summary>
internal static class PhotonParser
{
    private const string None = "NA";

    /// <summary>Reads a release's list.</summary>
    /// <exception cref="FeedFileException">It is no list.</exception>
    public static void Read(JsonElement document, string release, string source, IFeedSink sink)
    {
        if (document.ValueKind != JsonValueKind.Array)
        {
            throw new FeedFileException("the document is no list");
        }

        var drafts = new Dictionary<string, AdvisoryDraft>(StringComparer.Ordinal);
        foreach (var entry in document.EnumerateArray())
        {
            var id = AdvisoryIds.Canonical(entry.Text("cve_id") ?? "");
            if (id.Length == 0 || entry.Text("pkg") is not { Length: > 0 } name)
            {
                sink.Skip(id.Length > 0 ? id : "an entry", "the entry names no flaw or no package");
                continue;
            }

            Add(drafts, id, name, release, entry, sink);
        }

        foreach (var draft in drafts.Values)
        {
            try
            {
                sink.Accept(draft.Finish(source) with { Part = release });
            }
            catch (FeedRecordException exception)
            {
                sink.Skip(draft.Id!, exception.Message);
            }
        }
    }

    private static void Add(Dictionary<string, AdvisoryDraft> drafts, string id, string name, string release, JsonElement entry, IFeedSink sink)
    {
        if (entry.Text("status") == "Not Affected")
        {
            sink.Skip($"{id} in {name} of {release}", "the package never had the flaw");
            return;
        }

        // An entry that is called fixed and names no version says nothing that can be compared; one that is not is a flaw without a fix.
        var fix = entry.Text("res_ver") is { Length: > 0 } version && version != None ? version : null;
        if (fix is null && entry.Text("status") == "Fixed")
        {
            sink.Skip($"{id} in {name} of {release}", "it is fixed, and no version is named");
            return;
        }

        if (!drafts.TryGetValue(id, out var draft))
        {
            drafts[id] = draft = new AdvisoryDraft { Id = id };
        }

        draft.Score = Math.Max(draft.Score ?? 0, entry.At("cve_score") is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : 0) is > 0 and var highest ? highest : draft.Score;
        draft.AddAffected(new AffectedPackage(new Ecosystem("Photon OS", release), name, [fix is null ? AffectedRange.Every : AffectedRange.Before(fix)], [], [])
        {
            State = fix is null ? FixState.NotFixed : FixState.Fixed,
        });
    }
}

using System.Text.Json;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.DebianTracker;

/// <summary>
/// Reads the tracker's JSON: source package, flaw, then for each release <c>status</c>, <c>fixed_version</c>, <c>urgency</c> and <c>nodsa</c>. A record for
/// each package and flaw, in a single pass over the document.
/// </summary>
internal static class DebianTrackerParser
{
    /// <summary>Reads the document.</summary>
    /// <exception cref="JsonException">It is no JSON from some place on; all before that was handed over.</exception>
    /// <exception cref="FeedFileException">It is no JSON object.</exception>
    public static void Read(byte[] document, string source, IFeedSink sink, CancellationToken cancellation)
    {
        var json = new Utf8JsonReader(document);
        if (!JsonReading.EnterObject(ref json))
        {
            throw new FeedFileException("the document is no JSON object");
        }

        while (JsonReading.NextProperty(ref json))
        {
            cancellation.ThrowIfCancellationRequested();
            var package = JsonReading.Name(ref json);
            if (!JsonReading.EnterObject(ref json))
            {
                sink.Skip(package, "the package has no flaws");
                continue;
            }

            while (JsonReading.NextProperty(ref json))
            {
                var flaw = JsonReading.Name(ref json);
                json.Read();
                using var state = JsonDocument.ParseValue(ref json);
                Hand(package, flaw, state.RootElement, source, sink);
            }
        }
    }

    private static void Hand(string package, string flaw, JsonElement state, string source, IFeedSink sink)
    {
        try
        {
            var draft = new AdvisoryDraft { Id = flaw, Summary = state.Text("description") };
            var words = new List<string>();
            foreach (var release in state.At("releases").Properties())
            {
                if (release.Value.Text("urgency") is { } urgency)
                {
                    words.Add(urgency);
                }

                if (Affected(package, release.Name, release.Value) is { } affected)
                {
                    draft.AddAffected(affected);
                }
            }

            if (draft.Affected.Count == 0)
            {
                throw new FeedRecordException("the package never had the flaw");
            }

            draft.SeverityWord = Word(words);
            sink.Accept(draft.Finish(source) with { Part = package });
        }
        catch (FeedRecordException exception)
        {
            sink.Skip($"{flaw} in {package}", exception.Message);
        }
    }

    /// <summary>The statement of one release; null where the release never had the flaw (fixed in version 0).</summary>
    private static AffectedPackage? Affected(string package, string release, JsonElement state)
    {
        var status = state.Text("status");
        var fix = state.Text("fixed_version");
        if (status == "resolved" && fix is null or "0")
        {
            return null;
        }

        var range = status == "resolved" ? AffectedRange.Before(fix!) : AffectedRange.Every;
        return new AffectedPackage(Ecosystem.Parse(DebianReleases.Ecosystem(release)), package, [range], [], [])
        {
            State = status switch
            {
                "resolved" => FixState.Fixed,
                "undetermined" => FixState.UnderInvestigation,
                _ when state.Text("urgency") == "end-of-life" => FixState.EndOfLife,
                _ when state.Text("nodsa_reason") == "ignored" => FixState.WontFix,
                _ => FixState.NotFixed,
            },
        };
    }

    /// <summary>
    /// The word that holds for all releases: "unimportant" only where no release says more. What says nothing about the flaw is no word.
    /// </summary>
    private static string? Word(List<string> words)
    {
        string[] order = ["high", "medium", "low", "unimportant"];
        return Array.Find(order, word => words.Exists(said => said.TrimEnd('*') == word));
    }
}

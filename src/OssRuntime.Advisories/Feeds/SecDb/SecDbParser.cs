using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.SecDb;

/// <summary>
/// Reads <c>packages[].pkg.secfixes</c>: for each version the flaws that it fixed. Version <c>0</c> stands for flaws that never were in the package.
/// Each flaw becomes one record for a file, with all packages of the file that it is in.
/// </summary>
internal static class SecDbParser
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FeedFileException">It is not of this format.</exception>
    public static void Read(JsonElement document, string ecosystem, string source, string part, IFeedSink sink)
    {
        if (document.At("packages").ValueKind is not (JsonValueKind.Array or JsonValueKind.Null))
        {
            throw new FeedFileException("the document has no list of packages");
        }

        var drafts = new Dictionary<string, AdvisoryDraft>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var package in document.Items("packages").Select(item => item.At("pkg")))
        {
            if (package.Text("name") is not { Length: > 0 } name)
            {
                sink.Skip(part, "a package has no name");
                continue;
            }

            foreach (var fix in package.At("secfixes").Properties())
            {
                foreach (var flaw in fix.Value.ValueKind == JsonValueKind.Array ? fix.Value.EnumerateArray() : [])
                {
                    Add(flaw.Text(), fix.Name, new AffectedPackage(Ecosystem.Parse(ecosystem), name, [AffectedRange.Before(fix.Name)], [], []) { State = FixState.Fixed });
                }
            }
        }

        foreach (var id in order)
        {
            Hand(drafts[id], id, source, part, sink);
        }

        void Add(string? text, string version, AffectedPackage package)
        {
            var ids = Ids(text);
            foreach (var id in ids.Where(id => !IsAlias(id) || ids.Length == 1))
            {
                if (!drafts.TryGetValue(id, out var draft))
                {
                    drafts[id] = draft = new AdvisoryDraft { Id = id };
                    order.Add(id);
                }

                if (version != "0")
                {
                    draft.AddAffected(package);
                }

                if (ids.Count(other => !IsAlias(other)) == 1)
                {
                    draft.Aliases.AddRange(ids.Where(other => IsAlias(other) && other != id && !draft.Aliases.Contains(other)));
                }
            }
        }
    }

    private static void Hand(AdvisoryDraft draft, string id, string source, string part, IFeedSink sink)
    {
        if (draft.Affected.Count == 0)
        {
            sink.Skip($"{id} in {part}", "the package never had the flaw");
            return;
        }

        try
        {
            sink.Accept(draft.Finish(source) with { Part = part });
        }
        catch (FeedRecordException exception)
        {
            sink.Skip($"{id} in {part}", exception.Message);
        }
    }

    /// <summary>GHSA ids stand beside the CVE that they are another name of. Ids of other kinds (XSA) may cover several CVEs, and are no names.</summary>
    private static bool IsAlias(string id) => id.StartsWith("GHSA-", StringComparison.Ordinal);

    /// <summary>The ids in a text such as <c>CVE-2018-19967 XSA-282</c> or <c>CVE-2017-2616 (+ regression fix)</c>: CVE and GHSA ids, else the first word.</summary>
    private static string[] Ids(string? text)
    {
        var words = (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Select(AdvisoryIds.Canonical).ToArray();
        var known = Array.FindAll(words, word => word.StartsWith("CVE-", StringComparison.Ordinal) || word.StartsWith("GHSA-", StringComparison.Ordinal));
        return known.Length > 0 ? known : words.Length > 0 && words[0].Length <= AdvisoryIds.Longest ? [words[0]] : [];
    }
}

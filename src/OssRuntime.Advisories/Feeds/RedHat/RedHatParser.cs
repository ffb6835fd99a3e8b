using System.Text.Json;
using OssRuntime.Advisories.Feeds.Csaf;

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
        var flaws = json.RootElement.Items("vulnerabilities").ToList();
        var draft = CsafDraft.Begin(json.RootElement, flaws);
        var packages = new RedHatPackages(new CsafProducts(json.RootElement));
        foreach (var flaw in flaws)
        {
            packages.Add(flaw);
        }

        foreach (var package in packages.Affected())
        {
            draft.AddAffected(package);
        }

        if (packages.Elsewhere)
        {
            draft.Trim("it also speaks of products that are not Red Hat Enterprise Linux");
        }

        return draft.Finish(source) with { OnlyAdds = draft.Affected.Count == 0 };
    }
}

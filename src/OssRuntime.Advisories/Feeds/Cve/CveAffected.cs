using System.Text.Json;
using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Cve;

/// <summary>
/// Reads <c>affected[]</c> of a CVE record: vendor and product in words, or by CPE names, with versions (CVE record format 5, "product" and "versions"). Programs of the
/// table are taken; packages of a registry (<c>collectionURL</c>, <c>packageURL</c>) are other feeds' to tell, and commits nobody knows.
/// </summary>
internal static class CveAffected
{
    private static readonly string[] Unbounded = ["0", "*", "", "-", "n/a", "unspecified", "all"];

    /// <summary>Reads them into a record.</summary>
    public static void Read(JsonElement container, CpeAffected affected)
    {
        foreach (var product in container.Items("affected"))
        {
            if (product.Text("packageURL") is not null || product.Text("collectionURL") is not null || ProgramOf(product) is not { } program || IsElsewhere(product))
            {
                continue;
            }

            foreach (var version in product.Items("versions").Where(version => version.Text("status") == "affected" && version.Text("versionType") != "git"))
            {
                Add(version, program, affected);
            }
        }
    }

    private static string? ProgramOf(JsonElement product) =>
        (product.Text("vendor") is { } vendor && product.Text("product") is { } name ? ProgramNames.OfWords(vendor, name) : null)
        ?? product.Texts("cpes").Select(CpeName.Parse).Select(cpe => cpe is { Part: "a" } ? ProgramNames.OfWords(cpe.Vendor, cpe.Product) : null).FirstOrDefault(known => known is not null);

    /// <summary>True for what concerns other systems alone.</summary>
    private static bool IsElsewhere(JsonElement product)
    {
        var platforms = product.Texts("platforms").ToList();
        return platforms.Count > 0 && platforms.TrueForAll(platform => platform.Contains("windows", StringComparison.OrdinalIgnoreCase) || platform.Contains("mac", StringComparison.OrdinalIgnoreCase));
    }

    private static void Add(JsonElement version, string program, CpeAffected affected)
    {
        var from = version.Text("version") is { } text && Array.IndexOf(Unbounded, text.ToLowerInvariant()) < 0 && char.IsAsciiDigit(text.TrimStart('v', 'V').FirstOrDefault()) ? text : null;
        RangeEvent? end = Bound(version.Text("lessThan")) is { } before ? new RangeEvent(RangeEventType.Fixed, before)
            : Bound(version.Text("lessThanOrEqual")) is { } last ? new RangeEvent(RangeEventType.LastAffected, last)
            : null;
        var change = version.Items("changes").FirstOrDefault(change => change.Text("status") == "unaffected").Text("at");
        if (change is not null && char.IsAsciiDigit(change.FirstOrDefault()))
        {
            end = new RangeEvent(RangeEventType.Fixed, change);
        }

        if (end is null && version.Text("lessThan") is null && version.Text("lessThanOrEqual") is null)
        {
            if (from is not null && !from.Contains(' ', StringComparison.Ordinal))
            {
                affected.AddVersion(program, from);
            }

            return;
        }

        // "Less than 5.*" is less than 6: a branch, of which this text tells no first version that is not affected.
        if (end is not null)
        {
            affected.AddRange(program, from, isFromExcluded: false, end);
        }
    }

    private static string? Bound(string? text) =>
        text is { Length: > 0 } && !text.Contains('*', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) && char.IsAsciiDigit(text.TrimStart('v', 'V').FirstOrDefault()) ? text : null;
}

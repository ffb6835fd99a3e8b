using System.Text.Json;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds.Cpe;

/// <summary>
/// Reads the <c>configurations</c> of a CVE of NVD's API 2.0: programs with versions, and what they run on. A program is taken where all that a configuration wants
/// beside it can be true of a container: Linux, or another program. What only runs on another system (Windows, macOS, a device) is left out.
/// </summary>
internal static class CpeConfigurations
{
    private static readonly string[] OtherSystems = ["windows", "macos", "mac_os", "iphone_os", "ios", "ipados", "android", "tvos", "watchos", "chrome_os", "solaris", "aix", "hp-ux", "openvms", "netware", "freebsd", "openbsd"];

    /// <summary>Reads them into a record.</summary>
    public static void Read(JsonElement cve, CpeAffected affected)
    {
        foreach (var configuration in cve.Items("configurations"))
        {
            var nodes = configuration.Items("nodes").ToList();
            var isEach = configuration.Text("operator") == "AND";
            if (IsNegated(configuration) || (isEach && nodes.Exists(node => IsCondition(node) && !CanBeMet(node))))
            {
                continue;
            }

            foreach (var match in nodes.Where(node => !IsNegated(node)).SelectMany(node => node.Items("cpeMatch")))
            {
                Add(match, affected);
            }
        }
    }

    private static bool IsNegated(JsonElement json) => json.At("negate").ValueKind == JsonValueKind.True;

    private static bool IsVulnerable(JsonElement match) => match.At("vulnerable").ValueKind == JsonValueKind.True;

    /// <summary>A node of which nothing is at fault says what the others run on.</summary>
    private static bool IsCondition(JsonElement node) => !node.Items("cpeMatch").Any(IsVulnerable);

    private static bool CanBeMet(JsonElement node) => node.Items("cpeMatch").Select(match => CpeName.Parse(match.Text("criteria"))).Any(name => name switch
    {
        null => false,
        { Part: "h" } => false,
        { Part: "o" } => name.Product.Contains("linux", StringComparison.Ordinal) || name.Vendor is "linux" or "debian" or "redhat" or "canonical" or "fedoraproject",
        _ => true,
    });

    private static void Add(JsonElement match, CpeAffected affected)
    {
        if (!IsVulnerable(match) || CpeName.Parse(match.Text("criteria")) is not { Part: "a" } name || Array.IndexOf(OtherSystems, name.TargetSoftware) >= 0)
        {
            return;
        }

        var program = ProgramNames.OfCpe(name.Vendor, name.Product);
        if (name.FullVersion is { } version)
        {
            affected.AddVersion(program, version);
            return;
        }

        var including = match.Text("versionStartIncluding");
        RangeEvent? end = match.Text("versionEndExcluding") is { Length: > 0 } before ? new RangeEvent(RangeEventType.Fixed, before)
            : match.Text("versionEndIncluding") is { Length: > 0 } last ? new RangeEvent(RangeEventType.LastAffected, last)
            : null;
        affected.AddRange(program, including ?? match.Text("versionStartExcluding"), isFromExcluded: including is null, end);
    }
}

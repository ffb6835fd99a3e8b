using OssRuntime.Advisories.Database;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>A scan with all that a report can have: findings of every kind, gaps, a target that could not be read, and names that want to be code.</summary>
internal static class Samples
{
    /// <summary>A name that would leave whatever it is written into.</summary>
    public const string Hostile = "evil</script><img src=x onerror=alert(1)>\"'`|[click](https://evil.example)@everyone\u202E\u001b[31m]]>&{{7*7}}";

    public static readonly DateOnly Day = new(2026, 6, 1);

    public static readonly DatabaseSummary Fresh = new("abc123", new DateTimeOffset(2026, 5, 31, 0, 0, 0, TimeSpan.Zero), 10, new DatabaseAge(TimeSpan.FromDays(1), TimeSpan.FromDays(1), null));

    public static readonly DatabaseSummary Old = Fresh with { Age = new DatabaseAge(TimeSpan.FromDays(100), null, null) };

    public static readonly Component OpenSsl = Component("deb", "openssl", "3.0.11-1", "Debian:12", "var/lib/dpkg/status");

    public static readonly Component LeftPad = Component("npm", "left-pad", "1.0.0", "npm", "app/node_modules/left-pad/package.json");

    public static readonly Component Bad = Component("npm", Hostile, "6.6.6", "npm", "app/../../.github/" + Hostile);

    /// <summary>A target of each kind of coverage, and one that could not be read.</summary>
    public static ScanReport Report => new(Old, [Web, Clean, Unchecked, Broken], Day, new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Findings of every kind in a target that was partly checked.</summary>
    public static ScanOutcome Web => new()
    {
        Target = "registry.example:5000/shop/web:1.4",
        Inventory = Inventory(OpenSsl, LeftPad, Bad, Component("golang", "example.org/mod", "v1.0.0", "Go", "app/server")) with
        {
            Digest = Digest.Parse("sha256:" + new string('a', 64)),
            Platform = Platform.LinuxAmd64,
        },
        Findings =
        [
            Finding("CVE-2026-0001", OpenSsl, Severity.Critical) with { Score = 9.8, Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", VectorReason = "by Debian", KnownExploited = true, Epss = 0.9, FixedIn = "3.0.14-1" },
            Finding("CVE-2026-0002", OpenSsl, Severity.High) with { Score = 7.5, FixedIn = "3.0.13-1" },
            Finding("CVE-2026-0003", OpenSsl, Severity.Low) with { FixState = FixState.WontFix },
            Finding("CVE-2026-0004", LeftPad, Severity.Unknown) with { FixedIn = "1.1.0", Aliases = ["GHSA-aaaa-bbbb-cccc"] },
            Finding("CVE-2026-0005", LeftPad, Severity.High) with
            {
                Status = FindingStatus.NotAffected,
                Vex = new VexVerdict("web.openvex.json", "vulnerable_code_not_present", "we never pad", new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)),
            },
            Finding("CVE-2026-0006", LeftPad, Severity.Medium) with { Status = FindingStatus.UnderInvestigation, Vex = new VexVerdict("web.openvex.json", null, null, null) },
            Finding("CVE-2026-0007", LeftPad, Severity.Medium) with { Status = FindingStatus.Fixed, Vex = new VexVerdict("web.openvex.json", null, "backported", null) },
            Finding("MAL-2026-1", Bad, Severity.Malicious) with { Summary = Hostile },
        ],
        Lifecycles = [new LifecycleStatus("debian", "12", LifecycleState.SecurityOnly, new DateOnly(2028, 6, 30), 760, "Debian 12", "endoflife")],
        Checked = new CheckCoverage(4, 3, [new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "Go", 1, 0, ["pkg:golang/example.org/mod@v1.0.0"])]),
    };

    /// <summary>No finding, and everything was checked.</summary>
    public static ScanOutcome Clean => new() { Target = "sbom:clean.json", Inventory = Inventory(LeftPad), Checked = new CheckCoverage(1, 1, []) };

    /// <summary>No finding, because nothing was checked.</summary>
    public static ScanOutcome Unchecked => new()
    {
        Target = "rootfs:/build/root",
        Inventory = Inventory(OpenSsl),
        Checked = new CheckCoverage(1, 0, [new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "Debian 12", 1, 0, ["pkg:deb/debian/openssl@3.0.11-1"])]),
    };

    /// <summary>Could not be read.</summary>
    public static ScanOutcome Broken => new() { Target = $"oci:gone/{Hostile}", FailureReason = "SourceNotFound", FailureMessage = "there is no such folder" };

    public static Finding Finding(string id, Component component, Severity severity) => new() { Id = id, Component = component, Severity = severity, Summary = "a flaw", FixState = FixState.Unknown };

    public static Component Component(string type, string name, string version, string ecosystem, string path) => new()
    {
        Purl = PackageUrl.Of(type, type == "deb" ? "debian" : null, name, version),
        Name = name,
        Version = version,
        Ecosystem = Ecosystem.Parse(ecosystem),
        Location = new ComponentLocation(null, path),
    };

    private static ComponentInventory Inventory(params Component[] components) => new() { Components = [.. components], Source = InventorySource.Layers };
}

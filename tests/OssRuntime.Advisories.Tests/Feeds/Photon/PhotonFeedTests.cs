using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.Photon;

public class PhotonFeedTests
{
    /// <summary>Entries of Photon 4.0's list as it is published.</summary>
    private const string List = """
        [ { "cve_id": "CVE-2023-38545", "pkg": "curl", "cve_score": 9.8, "aff_ver": "all versions before 7.88.1-4.ph4 are vulnerable", "res_ver": "7.88.1-4.ph4", "status": "Fixed" },
          { "cve_id": "CVE-2023-38546", "pkg": "curl", "cve_score": 3.7, "aff_ver": "all versions before 7.88.1-4.ph4 are vulnerable", "res_ver": "7.88.1-4.ph4", "status": "Fixed" },
          { "cve_id": "CVE-2023-38546", "pkg": "curl-libs", "cve_score": 3.7, "aff_ver": "all versions before 7.88.1-4.ph4 are vulnerable", "res_ver": "7.88.1-4.ph4" },
          { "cve_id": "CVE-2023-44487", "pkg": "httpd", "cve_score": 7.5, "aff_ver": "", "res_ver": "NA", "status": "Not Affected" },
          { "cve_id": "CVE-2023-50447", "pkg": "python3", "cve_score": null, "aff_ver": "NA", "res_ver": "NA", "status": "Fixed" },
          { "cve_id": "CVE-2024-1", "pkg": "python3", "cve_score": 5.0, "aff_ver": "all", "res_ver": "NA", "status": "Open" },
          { "cve_id": "BDSA-2025-0719", "pkg": "krb5-devel", "cve_score": 7.5, "aff_ver": "all versions before 1.17-15.ph4 are vulnerable", "res_ver": "1.17-15.ph4", "status": "Fixed" },
          { "pkg": "nameless" }, 7 ]
        """;

    private static readonly Dictionary<string, string> Files = new() { ["photon/photon_cve_metadata/cve_data_photon4.0.json"] = List };

    [Theory]
    [InlineData("4.0", "curl-libs", "7.88.1-3.ph4", "curl", "CVE-2023-38545 CVE-2023-38546")]
    [InlineData("4.0", "curl-libs", "7.88.1-4.ph4", "curl", "")]
    [InlineData("5.0", "curl-libs", "7.88.1-3.ph4", "curl", "")]
    [InlineData("4.0", "httpd", "2.4.1-1.ph4", "httpd", "")]
    [InlineData("4.0", "krb5-devel", "1.17-14.ph4", "krb5", "BDSA-2025-0719")]
    public async Task A_package_is_asked_for_by_its_own_name_and_its_sources(string release, string name, string version, string source, string flaws)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Equal(flaws, string.Join(' ', database.Findings(Rpm(release, name, version, source)).Select(finding => finding.Id).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_flaw_without_a_fix_is_kept_as_such()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var finding = Assert.Single(database.Findings(Rpm("4.0", "python3", "3.10.0-1.ph4", "python3")));

        Assert.Equal(("CVE-2024-1", FixState.NotFixed, Severity.Medium), (finding.Id, finding.FixState, finding.Severity));
    }

    [Fact]
    public async Task What_says_nothing_is_counted_with_its_reason()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((8, 4, 4), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(
            ["it is fixed, and no version is named", "the entry names no flaw or no package", "the package never had the flaw"],
            source.Reasons.Select(reason => reason.Reason).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[ { \"cve_id\"")]
    public async Task A_list_that_is_none_fails(string content)
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>(Files) { ["photon/photon_cve_metadata/cve_data_photon5.0.json"] = content });

        Assert.Equal("photon/cve_data_photon5.0.json", Assert.Single(Assert.Single(database.Info.Sources).Failures).File);
    }

    private static Component Rpm(string release, string name, string version, string source) =>
        Components.Of($"Photon OS:{release}", "rpm", name, version) with { Type = ComponentType.OsPackage, Source = new SourcePackage(source, version) };
}

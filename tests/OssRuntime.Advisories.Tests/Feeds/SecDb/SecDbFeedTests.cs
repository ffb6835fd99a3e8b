using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.SecDb;

public class SecDbFeedTests
{
    private const string Main = """
        { "distroversion": "v3.20", "reponame": "main", "packages": [
          { "pkg": { "name": "openssl", "secfixes": {
              "3.3.1-r1": ["CVE-2024-5535 GHSA-4fc7-mvrr-wv2c"], "3.3.2-r0": ["CVE-2024-6119"], "0": ["CVE-2022-1292 (only c_rehash)"] } } },
          { "pkg": { "name": "xen", "secfixes": { "4.18.0-r1": ["CVE-2023-46835 XSA-445", "XSA-444"] } } },
          { "pkg": { "name": "libxml2", "secfixes": { "2.12.7-r0": ["CVE-2024-34459"] } } },
          { "pkg": { "name": "copy", "secfixes": { "1.0-r0": ["CVE-2024-34459"] } } },
          { "pkg": { "secfixes": { "1-r0": ["CVE-2024-1"] } } },
          { "pkg": "none" } ] }
        """;

    [Fact]
    public async Task A_package_is_asked_for_by_its_origin_in_its_branch()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["alpine-secdb/v3.20/main.json"] = Main });

        var finding = Assert.Single(database.Findings(Apk("libssl3", "3.3.2-r0", "openssl"), Apk("libcrypto3", "3.3.1-r3", "openssl")));

        Assert.Equal(("CVE-2024-6119", "libcrypto3", "3.3.2-r0", FixState.Fixed), (finding.Id, finding.Component.Name, finding.FixedIn, finding.FixState));
        Assert.Empty(database.Findings(Apk("libcrypto3", "3.3.1-r3", "openssl", "3.19")));
    }

    [Fact]
    public async Task A_GHSA_id_beside_a_CVE_is_its_name_and_an_XSA_is_not()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["alpine-secdb/v3.20/main.json"] = Main });

        var findings = database.Findings(Apk("openssl", "3.3.1-r0"), Apk("xen", "4.17-r0"));

        Assert.Equal(
            [("CVE-2023-46835", ""), ("CVE-2024-5535", "GHSA-4fc7-mvrr-wv2c"), ("CVE-2024-6119", ""), ("XSA-444", "")],
            findings.Select(finding => (finding.Id, string.Join(' ', finding.Aliases))));
    }

    [Fact]
    public async Task What_never_was_in_the_package_and_what_has_no_name_is_counted()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["alpine-secdb/v3.20/main.json"] = Main });

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((8, 5, 3), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(["a package has no name", "the package never had the flaw"], source.Reasons.Select(reason => reason.Reason).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"packages\": 7 }")]
    [InlineData("{ \"packages\": [")]
    [InlineData("<html>no</html>")]
    public async Task A_file_of_another_kind_fails_and_leaves_the_others_alone(string content)
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>
        {
            ["alpine-secdb/v3.19/main.json"] = content,
            ["alpine-secdb/v3.20/main.json"] = Main,
            ["wolfi/os/security.json"] = """{ "packages": [ { "pkg": { "name": "curl", "secfixes": { "8.9.1-r0": ["CVE-2024-7264", "GHSA-97c4-2w4v-c7r8"] } } } ] }""",
        });

        var sources = database.Info.Sources;
        Assert.Equal(["alpine-secdb", "wolfi"], sources.Select(source => source.Name));
        Assert.Equal("alpine-secdb/v3.19/main.json", Assert.Single(sources[0].Failures).File);
        Assert.Equal(2, database.Findings(Components.Of("Wolfi", "apk", "curl", "8.9.0-r0") with { Type = ComponentType.OsPackage }).Count);
    }

    private static Component Apk(string name, string version, string? origin = null, string release = "3.20") =>
        Components.Of($"Alpine:v{release}", "apk", name, version) with
        {
            Type = ComponentType.OsPackage,
            Source = new SourcePackage(origin ?? name, version),
        };
}

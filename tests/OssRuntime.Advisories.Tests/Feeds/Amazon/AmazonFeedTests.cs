using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.Amazon;

public class AmazonFeedTests
{
    /// <summary>In the shape of the repositories' lists; versions and ids are Amazon's.</summary>
    private const string Core = """
        <?xml version="1.0" ?>
        <updates>
          <update author="linux-security@amazon.com" from="linux-security@amazon.com" status="final" type="security" version="1.4">
            <id>ALAS2-2022-1801</id><title>Amazon Linux 2 - ALAS2-2022-1801: important priority package update for openssl</title>
            <issued date="2022-05-31 19:06" /><updated date="2022-06-07 00:11" /><severity>important</severity>
            <description>CVE-2022-1292: the c_rehash script &amp; its quoting.</description>
            <references><reference href="https://alas.example/cve/CVE-2022-1292.html" id="CVE-2022-1292" title="" type="cve" /></references>
            <pkglist><collection short="amazon-linux-2"><name>Amazon Linux 2</name>
              <package arch="x86_64" epoch="1" name="openssl-libs" release="24.amzn2.0.3" version="1.0.2k"><filename>Packages/openssl-libs.rpm</filename></package>
              <package arch="aarch64" epoch="1" name="openssl-libs" release="24.amzn2.0.4" version="1.0.2k"><filename>Packages/openssl-libs.rpm</filename></package>
              <package arch="src" epoch="1" name="openssl" release="24.amzn2.0.3" version="1.0.2k"><filename>x.src.rpm</filename></package>
            </collection></pkglist>
          </update>
          <update type="bugfix"><id>ALAS2-2022-1</id><pkglist><collection><package name="bash" version="4" release="1" epoch="0" arch="noarch"/></collection></pkglist></update>
          <update type="security"><id>ALAS2-2022-2</id></update>
          <update type="security"><title>nothing</title><pkglist><collection><package name="bash" version="4" release="1" epoch="0" arch="noarch"/></collection></pkglist></update>
        </updates>
        """;

    private const string Extras = """
        <updates><update type="security"><id>ALAS2POSTGRESQL14-2023-003</id><severity>medium</severity><issued date="2023-09-27 22:48"/>
          <references><reference id="CVE-2023-39417" type="cve"/></references>
          <pkglist><collection><package arch="x86_64" epoch="0" name="postgresql" version="14.9" release="1.amzn2.0.1"/></collection></pkglist></update></updates>
        """;

    private static readonly Dictionary<string, string> Files = new()
    {
        ["amazon/2/core/updateinfo.xml"] = Core,
        ["amazon/2/extras/postgresql14/updateinfo.xml"] = Extras,
    };

    [Theory]
    [InlineData("2", "1:1.0.2k-24.amzn2.0.2", true)]
    [InlineData("2", "1:1.0.2k-24.amzn2.0.3", false)]
    [InlineData("2023", "1:1.0.2k-24.amzn2.0.2", false)]
    public async Task A_package_is_fixed_from_the_lowest_build_with_the_fix(string release, string version, bool affected)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var finding = database.Findings(Rpm(release, "openssl-libs", version)).SingleOrDefault();

        Assert.Equal(affected ? "CVE-2022-1292 1:1.0.2k-24.amzn2.0.3 High" : "", finding is null ? "" : $"{finding.Id} {finding.FixedIn} {finding.Severity}");
    }

    [Theory]
    [InlineData("14.8-1.amzn2.0.1", 1)]
    [InlineData("14.9-1.amzn2.0.1", 0)]
    [InlineData("13.3-2.amzn2.0.1", 0)]
    [InlineData("9.2.24-8.amzn2.0.1", 0)]
    public async Task A_topic_of_the_extras_says_nothing_about_the_line_in_another_one(string version, int findings)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Equal(findings, database.Findings(Rpm("2", "postgresql", version)).Count);
    }

    [Fact]
    public async Task What_is_no_security_erratum_is_counted_with_its_reason()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((5, 2, 3), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(
            ["a bug fix or an enhancement, not a security advisory", "the record has no id", "the update names no packages"],
            source.Reasons.Select(reason => reason.Reason).Order(StringComparer.Ordinal));
        Assert.Equal(new DateTimeOffset(2023, 9, 27, 22, 48, 0, TimeSpan.Zero), source.Newest);
    }

    [Theory]
    [InlineData("<updates><update type=\"security\"><id>ALAS2-1</id>", "no XML")]
    [InlineData("<!DOCTYPE updates [<!ENTITY a \"aaaa\">]><updates>&a;</updates>", "no XML")]
    [InlineData("<html><body>Not here</body></html>", "the document is no list of updates")]
    [InlineData("", "no XML")]
    public async Task A_document_that_is_cut_or_another_one_fails_and_costs_only_itself(string document, string reason)
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>(Files) { ["amazon/2023/core/updateinfo.xml"] = document });

        var failure = Assert.Single(Assert.Single(database.Info.Sources).Failures);
        Assert.Equal("amazon/2023/core/updateinfo.xml", failure.File);
        Assert.StartsWith(reason, failure.Reason, StringComparison.Ordinal);
        Assert.Equal(2, database.Info.Advisories);
    }

    [Fact]
    public async Task The_list_of_mirrors_leads_to_todays_list_of_errata()
    {
        var files = new Dictionary<string, byte[]>();
        await using var server = await FeedServer.StartAsync(files);
        files["feeds/amazon/2/core/mirror.list"] = System.Text.Encoding.UTF8.GetBytes(server.Address + "down\n" + server.Address + "core/abc\n");
        files["feeds/amazon/2/core/repomd.xml"] = "<?xml version=\"1.0\"?><repomd><data type=\"primary\"><location href=\"a\"/></data><data type=\"updateinfo\"><location href=\"repodata/1-updateinfo.xml.gz\"/></data></repomd>"u8.ToArray();
        files["feeds/amazon/2/core/updateinfo.xml.gz"] = Gzip("<updates><update/></updates>"u8);
        using var folder = new TemporaryFolder();
        using var http = new HttpClient();

        var result = await new FeedMirror(http, TimeProvider.System, folder.Path).FetchAsync(new Uri(server.Address, "feeds"), FeedCatalog.All.Where(feed => feed.Name == "amazon"));

        Assert.Contains(result.Files, file => file is { Path: "amazon/2/core/repomd.xml", State: FetchState.New });
        Assert.Contains(result.Files, file => file is { Path: "amazon/2/core/updateinfo.xml.gz", State: FetchState.New });
        Assert.Empty(result.Failures);
    }

    private static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    private static Component Rpm(string release, string name, string version) =>
        Components.Of($"amzn:{release}", "rpm", name, version) with { Type = ComponentType.OsPackage, Source = new SourcePackage("src-" + name, version) };
}

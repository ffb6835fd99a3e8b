using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Packages;

public sealed class DistributionPublishersTests
{
    [Theory]
    [InlineData("rhel", "Red Hat, Inc.", false)]
    [InlineData("rhel", "Fedora Project", true)]
    [InlineData("rhel", "Example Streams Ltd.", true)]
    [InlineData("rhel", null, true)]
    [InlineData("rocky", "Rocky Enterprise Software Foundation", false)]
    [InlineData("amzn", "Amazon Linux", false)]
    [InlineData("sles", "SUSE LLC <https://www.suse.com/>", false)]
    [InlineData("opensuse-leap", "obs://build.opensuse.org/home:someone", true)]
    [InlineData("sles", "NVIDIA Corporation", true)]
    [InlineData("ol", "Oracle America", false)]
    [InlineData("ol", "Oracle and/or its affiliates", true)]
    [InlineData("unheard", "Anybody", false)]
    public void The_vendor_of_an_rpm_decides(string distribution, string? vendor, bool isOther) =>
        Assert.Equal(isOther, Of(distribution).IsOther(Package("rpm", "1.0-1.el9", vendor), hasCopyright: null));

    [Theory]
    [InlineData("A Debian Developer <somebody@mail.example>", "1.2+ds-3", false)]
    [InlineData("Debian Java Maintainers <pkg-java-maintainers@lists.alioth.debian.org>", "1.2.3", false)]
    [InlineData("Ubuntu Developers <ubuntu-devel-discuss@lists.ubuntu.com>", "1.2-3ubuntu1", false)]
    [InlineData("Elasticsearch Team <info@elastic.co>", "8.1.0", true)]
    [InlineData("Packages <build@eu.packages.hashicorp.com>", "1.15.2-1", true)]
    [InlineData("Somebody <somebody@mail.example>", "18.1.0-1nodesource1", true)]
    [InlineData("Somebody <somebody@mail.example>", "15.4-1.pgdg120+1", true)]
    [InlineData("Somebody <somebody@mail.example>", "1.25.3-1~bookworm", true)]
    [InlineData("Somebody <somebody@mail.example>", "1:10.11.6+maria~deb12", true)]
    [InlineData("Somebody <somebody@mail.example>", "16.5.1-ce.0", true)]
    [InlineData("Somebody <somebody@mail.example>", "2.36-9+deb12u3", false)]
    [InlineData("Somebody <somebody@mail.example>", "1.18.0-6.1~deb12u1", false)]
    [InlineData("Somebody <somebody@mail.example>", "6.1.55-1~bpo11+1", false)]
    [InlineData(null, "1.0-1", false)]
    public void The_maintainer_and_the_version_of_a_package_of_dpkg_decide(string? maintainer, string version, bool isOther) =>
        Assert.Equal(isOther, Of("debian").IsOther(Package("deb", version, maintainer), hasCopyright: null));

    [Theory]
    [InlineData("Platform Team <platform@corp.example>", "1.4.2", false, true)]
    [InlineData("Platform Team <platform@corp.example>", "1.4.2", true, false)]
    [InlineData("Somebody <somebody@debian.org>", "1.4.2", false, false)]
    public void A_package_without_a_revision_and_without_a_copyright_file_is_nobodys_of_Debian(string maintainer, string version, bool hasCopyright, bool isOther) =>
        Assert.Equal(isOther, Of("debian").IsOther(Package("deb", version, maintainer), hasCopyright));

    [Theory]
    [InlineData("Natanael <somebody@alpinelinux.org>", "1.2.3-r0", false)]
    [InlineData("Somebody <somebody@mail.example>", "1.2.3-r4", false)]
    [InlineData("Docker <support@docker.com>", "1.2.3-r0", true)]
    [InlineData("Somebody <somebody@mail.example>", "1.2.3", true)]
    public void The_maintainer_and_the_release_of_a_package_of_apk_decide(string maintainer, string version, bool isOther) =>
        Assert.Equal(isOther, Of("alpine").IsOther(Package("apk", version, maintainer), hasCopyright: null));

    [Theory]
    [InlineData("Section: default\nMaintainer: x <x@mail.example>\n", true)]
    [InlineData("Section: web\nLicense: MIT\nMaintainer: x <x@mail.example>\n", true)]
    [InlineData("Section: web\nVendor: Example Corp\nMaintainer: x <x@mail.example>\n", true)]
    [InlineData("Section: web\nOrigin: Debian\nMaintainer: x <x@mail.example>\n", false)]
    [InlineData("Section: web\nMaintainer: x <x@mail.example>\n", false)]
    [InlineData("Maintainer: x <x@mail.example>\n", true)]
    public async Task Fields_that_other_tools_than_Debians_write_tell_another_publisher(string fields, bool isOther)
    {
        var inventory = await ImageReader.ReadAsync(layer => layer
            .File("etc/os-release", ImageReader.DebianRelease)
            .File("var/lib/dpkg/status", ImageReader.Stanza("thing", "1.0-1", fields.TrimEnd('\n')))
            .File("var/lib/dpkg/info/thing.list", "/.\n/srv/node_modules/left/package.json\n")
            .File("srv/node_modules/left/package.json", """{"name":"left","version":"1.0.0"}"""));

        Assert.Equal(isOther, inventory.Component("thing").IsThirdParty);
        Assert.Equal(inventory.Component("thing").Purl.ToString(), inventory.Component("left").OwnedBy);
    }

    private static DistributionPublishers Of(string id) => new(new OsRelease(id, "9", null, null, []), tellsVendors: true);

    private static PackageRecord Package(string type, string version, string? vendor) => new()
    {
        Type = type,
        Name = "thing",
        Version = version,
        Vendor = vendor,
        Kind = ComponentType.OsPackage,
        Source = new SourcePackage("thing", version),
    };
}

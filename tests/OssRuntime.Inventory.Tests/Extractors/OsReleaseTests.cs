using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class OsReleaseTests
{
    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"\n", "Debian:12", "debian-12")]
    [InlineData("ID=debian\nVERSION_CODENAME=trixie\n", "Debian:13", "debian-trixie")]
    [InlineData("ID=debian\nVERSION_CODENAME=sid\n", "Debian:sid", "debian-sid")]
    [InlineData("ID=ubuntu\nVERSION_ID=\"22.04\"\n", "Ubuntu:22.04", "ubuntu-22.04")]
    [InlineData("ID='raspbian'\nID_LIKE=debian\nVERSION_ID='11'\n", "Debian:11", "raspbian-11")]
    [InlineData("ID=kali\n", "kali", "kali")]
    [InlineData("# comment\n\nID=\"De\\\"b\"\n", "de\"b", "de%22b")]
    public async Task The_distribution_names_its_packages(string release, string ecosystem, string qualifier)
    {
        var component = (await ReadAsync(tar => tar.File("etc/os-release", release).File("var/lib/dpkg/status", Stanza("x", "1")))).Component("x");

        Assert.Equal(ecosystem, component.Ecosystem.ToString());
        Assert.EndsWith($"?arch=amd64&distro={qualifier}", component.Purl.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ID=alpine\nVERSION_ID=3.18.4\n", "Alpine:v3.18")]
    [InlineData("ID=alpine\nVERSION_ID=3.21.0_alpha20240807\nPRETTY_NAME=\"Alpine Linux edge\"\n", "Alpine:edge")]
    [InlineData("ID=wolfi\nVERSION_ID=20230201\n", "Wolfi")]
    [InlineData("ID=chainguard\nVERSION_ID=20230214\n", "Chainguard")]
    [InlineData("ID=postmarketos\nVERSION_ID=v24.06\n", "postmarketos:v24.06")]
    public async Task The_kin_of_Alpine_is_told_apart(string release, string ecosystem) =>
        Assert.Equal(
            ecosystem,
            (await ReadAsync(tar => tar.File("etc/os-release", release).File("lib/apk/db/installed", "P:x\nV:1\n\n"))).Component("x").Ecosystem.ToString());

    [Fact]
    public async Task The_administrators_file_counts_before_the_vendors_and_both_before_the_old_ones()
    {
        var all = await ReadAsync(tar => tar
            .File("etc/debian_version", "9.1\n").File("usr/lib/os-release", "ID=vendor\n").File("etc/os-release", "ID=admin\n"));
        var link = await ReadAsync(tar => tar
            .File("etc/debian_version", "9.1\n").File("usr/lib/os-release", "ID=vendor\n").SymbolicLink("etc/os-release", "../usr/lib/os-release"));
        var old = await ReadAsync(tar => tar.File("etc/debian_version", "9.1\n"));

        Assert.Equal(("admin", "vendor", "debian"), (all.OsRelease!.Id, link.OsRelease!.Id, old.OsRelease!.Id));
        Assert.Equal("9", old.OsRelease.VersionId);
    }

    [Fact]
    public async Task An_os_release_link_to_an_unusual_place_is_followed() =>
        Assert.Equal("odd", (await ReadAsync(tar => tar.SymbolicLink("etc/os-release", "/opt/release").File("opt/release", "ID=odd\n"))).OsRelease!.Id);

    [Theory]
    [InlineData("etc/alpine-release", "3.9.6\n", "alpine", "3.9.6")]
    [InlineData("etc/debian_version", "bookworm/sid\n", "debian", null)]
    [InlineData("etc/redhat-release", "CentOS Linux release 7.9.2009 (Core)\n", "centos", "7.9.2009")]
    [InlineData("etc/redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n", "rhel", "6.10")]
    [InlineData("etc/redhat-release", "Fedora release 39 (Thirty Nine)\n", "fedora", "39")]
    public async Task Older_files_tell_what_there_was_before(string path, string text, string id, string? version)
    {
        var release = (await ReadAsync(tar => tar.File(path, text))).OsRelease!;

        Assert.Equal((id, version), (release.Id, release.VersionId));
    }

    [Theory]
    [InlineData("etc/os-release", "NAME=x\n")]
    [InlineData("etc/os-release", "ID=\u001b[31m\n")]
    [InlineData("etc/alpine-release", "not a version\n")]
    [InlineData("etc/redhat-release", "")]
    public async Task A_file_that_names_no_distribution_is_told(string path, string text)
    {
        var inventory = await ReadAsync(tar => tar.File(path, text));

        Assert.Null(inventory.OsRelease);
        Assert.Equal((path, "it names no distribution"), (inventory.Unknowns.Single().Path, inventory.Unknowns.Single().Reason));
    }

    [Fact]
    public async Task OS_packages_of_an_unknown_distribution_are_listed_and_the_gap_is_told()
    {
        var inventory = await ReadAsync(tar => tar.File("var/lib/dpkg/status", Stanza("x", "1")));

        Assert.Equal("pkg:deb/unknown/x@1?arch=amd64", inventory.Component("x").Purl.ToString());
        Assert.Equal("there are OS packages, and no file tells of which distribution", Assert.Single(inventory.Unknowns).Reason);
    }
}

using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class ApkTests
{
    private const string Release = "NAME=\"Alpine Linux\"\nID=alpine\nVERSION_ID=3.20.1\nPRETTY_NAME=\"Alpine Linux v3.20\"\n";

    private const string Busybox = """
        C:Q1abc=
        P:busybox
        V:1.36.1-r29
        A:x86_64
        L:GPL-2.0-only
        o:busybox
        F:bin
        R:busybox
        a:0:0:755
        Z:Q1xyz=


        """;

    private const string Ssl = "P:libssl3\nV:3.3.0-r2\nA:x86_64\nL:Apache-2.0\no:openssl\n\n";

    [Theory]
    [InlineData("lib/apk/db/installed")]
    [InlineData("usr/lib/apk/db/installed")]
    public async Task Packages_are_read_with_origin_and_licence(string path)
    {
        var inventory = await ReadAsync(tar => tar.File("etc/os-release", Release).File(path, Busybox + Ssl));

        var ssl = inventory.Component("libssl3");
        Assert.Equal("pkg:apk/alpine/libssl3@3.3.0-r2?arch=x86_64&distro=alpine-3.20.1", ssl.Purl.ToString());
        Assert.Equal(("Alpine:v3.20", "openssl", "3.3.0-r2"), (ssl.Ecosystem.ToString(), ssl.Source!.Name, ssl.Source.Version));
        Assert.Equal(["GPL-2.0-only"], inventory.Component("busybox").Licenses);
    }

    [Fact]
    public async Task A_last_block_without_an_empty_line_counts() =>
        Assert.Equal(["libssl3 3.3.0-r2"], (await InstalledAsync(Ssl.TrimEnd())).Names());

    [Fact]
    public async Task Files_of_a_package_make_it_the_owner()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", Release)
            .File("lib/apk/db/installed", "P:py3-six\nV:1.16.0-r9\nA:x86_64\nF:usr/lib/python3.12/site-packages/six-1.16.0.dist-info\nR:METADATA\n\n")
            .File("usr/lib/python3.12/site-packages/six-1.16.0.dist-info/METADATA", "Name: six\nVersion: 1.16.0\n\n"));

        Assert.Equal("pkg:apk/alpine/py3-six@1.16.0-r9?arch=x86_64&distro=alpine-3.20.1", inventory.Component("six").OwnedBy);
    }

    [Fact]
    public async Task Broken_blocks_are_told_and_the_others_are_read()
    {
        var inventory = await InstalledAsync("P:noversion\nA:x86_64\n\n" + Busybox + "nonsense\nP:odd\nV:1\n\nV:1\n\n" + Ssl);

        Assert.Equal(["busybox 1.36.1-r29", "libssl3 3.3.0-r2", "odd 1"], inventory.Names());
        Assert.Equal(3, inventory.Unknowns.Length);
    }

    private static Task<Model.Inventories.ComponentInventory> InstalledAsync(string text) =>
        ReadAsync(tar => tar.File("etc/os-release", Release).File("lib/apk/db/installed", text));
}

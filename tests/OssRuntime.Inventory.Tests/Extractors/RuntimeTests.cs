using OssRuntime.Model.Packages;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class RuntimeTests
{
    private const string NodeHeader = """
        #define NODE_MAJOR_VERSION 20
        #define NODE_MINOR_VERSION 11
        #define NODE_PATCH_VERSION 1
        #define NODE_VERSION_IS_LTS 1
        """;

    [Fact]
    public async Task Node_is_known_by_its_header()
    {
        var node = (await ReadAsync(tar => tar.File("usr/local/include/node/node_version.h", NodeHeader))).Component("node");

        Assert.Equal(("pkg:generic/node@20.11.1", ComponentType.Runtime), (node.Purl.ToString(), node.Type));
    }

    [Theory]
    [InlineData("3.11.4", "3.11.4")]
    [InlineData("3.13.0rc1+", "3.13.0rc1")]
    public async Task Python_is_known_by_its_header(string written, string version)
    {
        var inventory = await ReadAsync(tar => tar.File("usr/local/include/python3.11/patchlevel.h", $"#define PY_MAJOR_VERSION\t3\n#define PY_VERSION      \t\"{written}\"\n"));

        Assert.Equal($"pkg:generic/python@{version}", inventory.Component("python").Purl.ToString());
    }

    [Fact]
    public async Task A_header_without_a_version_is_told()
    {
        var inventory = await ReadAsync(tar => tar.File("usr/include/node/node_version.h", "").File("usr/include/python3/patchlevel.h", "#define PY_VERSIONX 1\n"));

        Assert.Equal(["it does not define Node's version", "it does not define Python's version"], inventory.Unknowns.Select(u => u.Reason));
    }

    [Fact]
    public async Task A_runtime_of_the_distribution_is_owned_by_its_package()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("libnode-dev", "18"))
            .File("var/lib/dpkg/info/libnode-dev.list", "/usr/include/node/node_version.h\n")
            .File("usr/include/node/node_version.h", NodeHeader));

        Assert.StartsWith("pkg:deb/debian/libnode-dev@18", inventory.Component("node").OwnedBy, StringComparison.Ordinal);
    }
}

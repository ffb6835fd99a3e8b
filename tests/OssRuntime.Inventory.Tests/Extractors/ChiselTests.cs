using System.Text;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class ChiselTests
{
    private const string Noble = "ID=ubuntu\nVERSION_ID=\"24.04\"\nVERSION_CODENAME=noble\n";

    /// <summary>A manifest with these documents.</summary>
    internal static byte[] Manifest(params string[] lines) => ImageBuilder.Zstd(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    [Fact]
    public async Task The_packages_of_a_chiselled_image_are_found_and_own_their_files()
    {
        var inventory = await ReadAsync(Manifest(
            """{"jsonwall":"1.0","schema":"1.0","count":4}""",
            """{"kind":"package","name":"node-acorn","version":"8.8.1-1","sha256":"00","arch":"amd64"}""",
            """{"kind":"content","slice":"node-acorn_libs","path":"/usr/lib/node_modules/acorn/package.json"}"""));

        Assert.Equal("8.8.1-1", inventory.Component("node-acorn").Version);
        Assert.Equal("Ubuntu:24.04", inventory.Component("node-acorn").Ecosystem.ToString());
        Assert.StartsWith("pkg:deb/ubuntu/node-acorn@8.8.1-1", inventory.Component("acorn").OwnedBy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_line_is_told_and_the_others_are_read()
    {
        var inventory = await ReadAsync(Manifest("{", """{"kind":"package","name":"torn"}""", """{"kind":"package","name":"libc6","version":"2.39-0ubuntu8"}"""));

        Assert.Equal("2.39-0ubuntu8", inventory.Component("libc6").Version);
        Assert.Contains(inventory.Unknowns, unknown => unknown.Reason.StartsWith("line 1 is no JSON", StringComparison.Ordinal));
        Assert.Contains(inventory.Unknowns, unknown => unknown.Reason == "a package has no name or no version");
    }

    [Fact]
    public async Task A_manifest_that_inflates_without_end_and_one_that_is_no_zstd_are_told()
    {
        var bomb = await ReadAsync(ImageBuilder.Zstd(new byte[(64 << 20) + 1]));
        Assert.Contains(bomb.Unknowns, unknown => unknown.Reason.Contains("inflates to more than", StringComparison.Ordinal));
        Assert.Contains((await ReadAsync([1, 2, 3, 4])).Unknowns, unknown => unknown.Path == "var/lib/chisel/manifest.wall");
    }

    private static Task<Model.Inventories.ComponentInventory> ReadAsync(byte[] manifest) => ImageReader.ReadAsync(tar => tar
        .File("etc/os-release", Noble)
        .File("usr/lib/node_modules/acorn/package.json", """{"name":"acorn","version":"8.8.1"}""")
        .File("var/lib/chisel/manifest.wall", manifest));
}

using System.Text;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;
using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.Extractors.Programs.ProgramFiles;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors.Programs;

public sealed class GoProgramTests
{
    private const int Executable = 0b111_101_101;

    private static readonly string[] All =
        ["stdlib 1.21.3", "example.com/lib/money v1.2.3", "example.com/shop/cart v0.0.0-20240305060708-0123456789ab", "golang.org/x/net v0.17.0", "gopkg.in/yaml.v3 v3.0.1"];

    [Fact]
    public async Task A_program_tells_its_modules_those_that_replace_others_and_the_standard_library()
    {
        var inventory = await ProgramAsync(GoProgram());

        Assert.Equal(All.Order(StringComparer.Ordinal), inventory.Names().Order(StringComparer.Ordinal));
        Assert.Equal("pkg:golang/golang.org/x/net@v0.17.0", inventory.Component("golang.org/x/net").Purl.ToString());
        Assert.Equal((ComponentType.Application, "app/cart"), (inventory.Component("example.com/shop/cart").Type, inventory.Component("example.com/shop/cart").Location.Path));
        Assert.Equal(("pkg:golang/stdlib@1.21.3", "Go"), (inventory.Component("stdlib").Purl.ToString(), inventory.Component("stdlib").Ecosystem.Name));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Build_info_is_found_behind_any_amount_of_other_data_and_across_windows()
    {
        foreach (var before in new[] { 16, 65_536 - 32, 65_536 - 16, 65_520 - 512, 3 << 20 })
        {
            var noise = new byte[before];
            new Random(before).NextBytes(noise);
            var program = new ElfBuilder().Data([.. noise, .. GoInfo("go1.21.3", Modules), .. noise]).Build();

            Assert.Equal(5, (await ProgramAsync(program)).Components.Length);
        }
    }

    [Fact]
    public async Task A_list_of_modules_longer_than_any_window_is_read()
    {
        var modules = Modules + string.Concat(Enumerable.Range(0, 3000).Select(i => $"dep\texample.com/many/module{i}\tv1.0.{i}\th1:x\n"));

        Assert.Equal(3005, (await ProgramAsync(GoProgram(modules: modules))).Components.Length);
    }

    [Theory]
    [InlineData(180_000)]
    public async Task A_program_with_a_hundred_thousand_modules_gives_them_or_a_reason(int count)
    {
        var modules = Modules + string.Concat(Enumerable.Range(0, count).Select(i => $"dep\texample.com/many/module{i}\tv1.0.{i}\th1:pVaXccu2ozPjCXewfr1S7xza/zcXTity9cCdXQYSjIM=\n"));

        foreach (var program in (byte[][])[GoProgram(modules: modules), OldGoProgram("go1.16.5", modules)])
        {
            try
            {
                var inventory = await ProgramAsync(program);

                Assert.True(inventory.Components.Length >= count || inventory.Unknowns.Any(unknown => unknown.Path == "app/cart"), $"{inventory.Components.Length} components and nothing said");
            }
            catch (InventoryException error)
            {
                Assert.Equal((FailureReason.LimitExceeded, true), (error.Failure.Reason, error.Message.Contains("'app/cart'", StringComparison.Ordinal)));
            }
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Programs_older_than_Go_1_18_are_read_in_a_second_pass(bool is64, bool isBigEndian)
    {
        var inventory = await ProgramAsync(OldGoProgram("go1.16.5", Modules, is64, isBigEndian));

        Assert.Equal("1.16.5", inventory.Component("stdlib").Version);
        Assert.Equal("v3.0.1", inventory.Component("gopkg.in/yaml.v3").Version);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task An_older_program_on_disk_is_read_at_once()
    {
        using var root = new TemporaryDirectory();
        await File.WriteAllBytesAsync(Path.Combine(root.Path, "cart.exe"), OldGoProgram("go1.17", Modules), TestContext.Current.CancellationToken);
        var indexer = new ImageIndexer(new InventoryOptions(), store: null, TimeProvider.System);

        var inventory = await indexer.IndexAsync(new RootFileSystem(root.Path), null, TestContext.Current.CancellationToken);

        Assert.Equal("1.17", inventory.Component("stdlib").Version);
        Assert.Equal(5, inventory.Components.Length);
    }

    [Fact]
    public async Task Windows_and_Mac_programs_are_read_too()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/cart.exe", Pe((".text", false, new byte[5000]), (".data", true, GoInfo("go1.21.3", Modules))))
            .File("app/cart", Mach("__go_buildinfo", GoInfo("go1.20", Modules)), Executable));

        Assert.Equal(["1.20", "1.21.3"], inventory.Components.Where(c => c.Name == "stdlib").Select(c => c.Version).Order(StringComparer.Ordinal));
        Assert.Equal(10, inventory.Components.Length);
        Assert.Empty(inventory.Unknowns);
    }

    [Theory]
    [InlineData("go1.20.3 X:boringcrypto", "1.20.3")]
    [InlineData("go1.19.6-vendor", "1.19.6")]
    [InlineData("go1.18.10+auto", "1.18.10")]
    [InlineData("devel go1.22-abcdef Tue", "1.22")]
    [InlineData("go1.21rc2", "1.21rc2")]
    public async Task The_standard_library_has_the_number_of_the_toolchain(string toolchain, string version) =>
        Assert.Equal(version, (await ProgramAsync(GoProgram(toolchain))).Component("stdlib").Version);

    [Theory]
    [InlineData("(devel)", "", "(devel)")]
    [InlineData("v1.4.0", "build\t-ldflags=\"-X main.Version=9.9.9\"\n", "v1.4.0")]
    [InlineData("(devel)", "build\t-ldflags=\"-s -w -X example.com/shop/version.gitVersion=v1.2.3-rc.1\"\n", "v1.2.3-rc.1")]
    [InlineData("(devel)", "build\t-ldflags=\"-X 'main.version=2.0.1' -s\"\n", "v2.0.1")]
    [InlineData("(devel)", "build\t-ldflags=\"-X main.goVersion=1.2\"\n", "(devel)")]
    public async Task The_program_itself_has_the_version_that_its_build_tells(string stated, string settings, string version)
    {
        var inventory = await ProgramAsync(GoProgram(modules: $"path\tx\nmod\texample.com/shop\t{stated}\t\n{settings}"));

        Assert.Equal(version, inventory.Component("example.com/shop").Version);
    }

    [Fact]
    public async Task A_program_built_without_modules_tells_only_its_toolchain_and_says_so()
    {
        var inventory = await ProgramAsync(GoProgram("go1.19.8", ""));

        Assert.Equal(["stdlib 1.19.8"], inventory.Names());
        Assert.Equal("it was built without Go modules, so nothing tells which libraries are in it", Assert.Single(inventory.Unknowns).Reason);
    }

    [Theory]
    [InlineData("path\tgithub.com/caddyserver/caddy/v2/cmd/caddy\nbuild\t-compiler=gc\n", 1)]
    [InlineData("path\tcommand-line-arguments\nbuild\t-compiler=gc\n", 0)]
    [InlineData("path\texample.com/x\nmod\texample.com/x\t(devel)\t\n", 0)]
    public async Task A_program_built_as_Debian_does_says_that_its_libraries_are_not_told(string modules, int unknowns) =>
        Assert.Equal(unknowns, (await ProgramAsync(GoProgram("go1.19.8", modules))).Unknowns.Length);

    [Fact]
    public async Task For_a_program_of_the_distribution_the_distribution_answers()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("caddy", "2.6.2-5"))
            .File("var/lib/dpkg/info/caddy.list", "/usr/bin/caddy\n")
            .File("usr/bin/caddy", GoProgram("go1.19.8", "path\tgithub.com/caddyserver/caddy/v2/cmd/caddy\nbuild\t-compiler=gc\n"), Executable));

        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Only_what_may_be_executed_is_looked_at_and_a_script_or_a_plain_program_says_nothing()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/no-program", GoProgram())
            .File("app/start", "#!/bin/sh\nexec \"\xFF Go buildinf:\"\n", Executable)
            .File("app/tiny", "MZ", Executable)
            .File("app/plain", new ElfBuilder().Data(new byte[5000]).Section(".comment", "GCC"u8.ToArray()).Build(), Executable)
            .File("app/notes.txt", GoProgram(), Executable));

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_program_that_reads_build_info_of_others_is_not_taken_for_one()
    {
        byte[] text = [0xFF, .. " Go buildinf:"u8, 8, 2, .. new byte[16], 3, .. "abc"u8, 0];
        var inventory = await ProgramAsync(new ElfBuilder().ReadOnly(GoInfo("go1.2", Modules)).Data([.. text, .. new byte[-text.Length & 15], .. GoInfo("go1.21.3", Modules)]).Build());

        Assert.Equal("1.21.3", inventory.Component("stdlib").Version);
    }

    [Fact]
    public async Task A_later_layer_replaces_the_program_whether_by_another_or_by_none()
    {
        var replaced = await ReadAsync(
            tar => tar.File("app/a", GoProgram("go1.20"), Executable).File("app/b", GoProgram("go1.20"), Executable).File("app/c.so", GoProgram("go1.20")),
            tar => tar.File("app/a", GoProgram("go1.21.3"), Executable).File("app/b", "#!/bin/sh", Executable).File("app/c.so", "x"));

        Assert.Equal(["1.21.3"], replaced.Components.Where(c => c.Name == "stdlib").Select(c => c.Version));
    }

    [Fact]
    public async Task A_program_of_the_distribution_is_owned_by_its_package()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("cart", "1.0"))
            .File("var/lib/dpkg/info/cart.list", "/usr/bin/cart\n")
            .File("usr/bin/cart", GoProgram(), Executable));

        Assert.All(inventory.Components.Where(c => c.Type != ComponentType.OsPackage), c => Assert.StartsWith("pkg:deb/debian/cart@1.0", c.OwnedBy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Broken_build_info_is_told_and_the_rest_of_the_image_is_read()
    {
        var cut = GoProgram();
        var inventory = await ReadAsync(tar => tar
            .File("app/cut", new ElfBuilder().Data(GoInfo("go1.21.3", Modules)[..^100]).Build(), Executable)
            .File("app/nowhere", OldGoProgram("go1.16.5", Modules, change: f => f.AsSpan(f.AsSpan().IndexOf(" Go buildinf:"u8) + 15, 8).Fill(0xEE)), Executable)
            .File("app/short", cut[..(cut.Length - 2000)], Executable)
            .File("app/upx", [.. "\x7F"u8, .. "ELF"u8, 2, 1, 1, .. new byte[200], .. "UPX!"u8, .. new byte[100]], Executable)
            .File("node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        Assert.Equal(["x 1.0.0"], inventory.Names());
        Assert.Equal(
            [
                ("app/cut", "its Go build info is cut off"),
                ("app/nowhere", "its Go build info points nowhere"),
                ("app/short", "a program's header points beyond the end of its file"),
                ("app/short", "the section headers of an ELF file lie outside of it"),
                ("app/upx", "it is packed with UPX, which hides what it is made of"),
            ],
            inventory.Unknowns.Select(u => (u.Path, u.Reason)));
    }

    [Fact]
    public async Task Control_characters_in_a_module_name_are_refused()
    {
        var inventory = await ProgramAsync(GoProgram(modules: "path\tx\ndep\texample.com/\u001b[31m\tv1.0.0\ndep\texample.com/fine\tv1.0.0\n"));

        Assert.Equal(["stdlib 1.21.3", "example.com/fine v1.0.0"], inventory.Names());
        Assert.DoesNotContain(Encoding.UTF8.GetString([0x1B]), Assert.Single(inventory.Unknowns).Reason, StringComparison.Ordinal);
    }

    private static Task<ComponentInventory> ProgramAsync(byte[] program) => ReadAsync(tar => tar.File("app/cart", program, Executable));
}

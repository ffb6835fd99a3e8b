using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Tar;

public sealed class TarFormatTests
{
    private const string Json = """{"name":"x","version":"1.0.0"}""";
    private static readonly string Deep = string.Join('/', Enumerable.Repeat("directory", 20)) + "/node_modules/x/package.json";

    [Fact]
    public async Task Long_paths_are_read_in_each_of_the_three_ways() =>
        Assert.All(
            await Task.WhenAll(
                ReadAsync(tar => tar.LongName(Deep).File("cut", Json)),
                ReadAsync(tar => tar.Pax(("path", Deep)).File("cut", Json)),
                ReadAsync(tar => tar.Entry(Deep[150..], '0', System.Text.Encoding.UTF8.GetBytes(Json), prefix: Deep[..149]))),
            inventory => Assert.Equal(Deep, Assert.Single(inventory.Components).Location.Path));

    [Fact]
    public async Task Pax_wins_over_the_long_name_and_ends_with_its_entry()
    {
        var inventory = await ReadAsync(tar => tar
            .LongName("wrong").Pax(("path", "node_modules/x/package.json")).File("cut", Json)
            .File("node_modules/y/package.json", """{"name":"y","version":"1.0.0"}"""));

        Assert.Equal(["node_modules/x/package.json", "node_modules/y/package.json"], inventory.Components.Select(c => c.Location.Path));
    }

    [Fact]
    public async Task A_size_in_pax_wins_over_the_header()
    {
        var content = System.Text.Encoding.UTF8.GetBytes(Json);

        var inventory = await ReadAsync(tar => tar
            .Pax(("size", content.Length.ToString())).Entry("node_modules/x/package.json", '0', content, statedSize: 0)
            .File("node_modules/y/package.json", """{"name":"y","version":"1.0.0"}"""));

        Assert.Equal(["x 1.0.0", "y 1.0.0"], inventory.Names());
    }

    [Fact]
    public async Task A_size_in_binary_is_read()
    {
        var inventory = await ReadAsync(tar => tar
            .Entry("a", '0', new byte[700], change: header =>
            {
                header.AsSpan(124, 12).Clear();
                header[124] = 0x80;
                header[134] = 700 >> 8;
                header[135] = 700 & 0xFF;
                TarBuilder.Seal(header);
            })
            .File("node_modules/x/package.json", Json));

        Assert.Equal(["x 1.0.0"], inventory.Names());
    }

    [Fact]
    public async Task A_global_header_changes_nothing()
    {
        var inventory = await ReadAsync(tar => tar
            .Entry("pax_global_header", 'g', "19 comment=0123456\n"u8.ToArray())
            .File("node_modules/x/package.json", Json));

        Assert.Equal(["x 1.0.0"], inventory.Names());
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('7')]
    public async Task Files_of_old_and_contiguous_types_are_files(char type) =>
        Assert.Single((await ReadAsync(tar => tar.Entry("node_modules/x/package.json", type, System.Text.Encoding.UTF8.GetBytes(Json)))).Components);

    [Fact]
    public async Task Links_have_no_content_whatever_their_size_says()
    {
        var inventory = await ReadAsync(tar => tar
            .Entry("link", '2', [], link: "target", statedSize: 5000)
            .Entry("directory/", '5', [], statedSize: 5000)
            .File("node_modules/x/package.json", Json));

        Assert.Equal(["x 1.0.0"], inventory.Names());
    }

    [Fact]
    public async Task The_maps_of_old_sparse_files_are_passed_over()
    {
        var extension = new byte[512];
        var inventory = await ReadAsync(tar => tar
            .Entry("sparse", 'S', [], statedSize: 600, change: header =>
            {
                header[482] = 1;
                TarBuilder.Seal(header);
            })
            .Raw([.. extension[..504], 1, .. extension[505..]])
            .Raw(extension)
            .Raw(new byte[1024])
            .File("node_modules/x/package.json", Json));

        Assert.Equal(["x 1.0.0"], inventory.Names());
    }

    [Fact]
    public async Task A_sparse_file_of_the_newer_kind_is_told() =>
        Assert.Equal(
            "it is stored as a sparse file",
            Assert.Single((await ReadAsync(tar => tar.Pax(("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")).File("node_modules/x/package.json", Json))).Unknowns).Reason);

    [Fact]
    public async Task Of_two_entries_with_one_path_the_last_counts() =>
        Assert.Equal(
            ["x 2.0.0"],
            (await ReadAsync(tar => tar
                .File("node_modules/x/package.json", Json)
                .File("node_modules/x/package.json", """{"name":"x","version":"2.0.0"}"""))).Names());

    [Fact]
    public async Task A_hard_link_to_a_package_file_is_that_file() =>
        Assert.Equal(
            ["a/node_modules/x/package.json", "b/node_modules/x/package.json"],
            (await ReadAsync(tar => tar
                .File("a/node_modules/x/package.json", Json)
                .HardLink("b/node_modules/x/package.json", "a/node_modules/x/package.json"))).Components.Select(c => c.Location.Path));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_into_a_store_that_nobody_reads_is_followed(bool isSymbolic)
    {
        // pnpm keeps files by their hash and links them into place; build systems do so with symbolic links.
        var inventory = await ReadAsync(tar =>
        {
            tar.File("store/ab/cdef-index", "x").File("store/00/1234", Json);
            _ = isSymbolic
                ? tar.SymbolicLink("app/node_modules/x/package.json", "../../../store/00/1234").SymbolicLink("b/node_modules/x/package.json", "/store/00/1234")
                : tar.HardLink("app/node_modules/x/package.json", "store/00/1234").HardLink("b/node_modules/x/package.json", "store/00/1234");
        });

        Assert.Equal(["app/node_modules/x/package.json", "b/node_modules/x/package.json"], inventory.Components.Select(c => c.Location.Path));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_link_to_nothing_in_its_layer_is_told()
    {
        var unknown = Assert.Single((await ReadAsync(tar => tar.HardLink("node_modules/x/package.json", "gone"))).Unknowns);

        Assert.Equal(("node_modules/x/package.json", "it is a link to 'gone', which is not in the same layer"), (unknown.Path, unknown.Reason));
    }

    [Fact]
    public async Task A_symbolic_link_to_a_file_that_is_read_anyway_adds_nothing() =>
        Assert.Equal(
            ["a/node_modules/x/package.json"],
            (await ReadAsync(tar => tar
                .File("a/node_modules/x/package.json", Json)
                .SymbolicLink("b/node_modules/x/package.json", "../../../a/node_modules/x/package.json"))).Components.Select(c => c.Location.Path));
}

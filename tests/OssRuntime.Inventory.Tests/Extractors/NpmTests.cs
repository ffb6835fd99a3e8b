using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class NpmTests
{
    [Theory]
    [InlineData("node_modules/x/package.json", true)]
    [InlineData("usr/lib/node_modules/x/package.json", true)]
    [InlineData("app/node_modules/@scope/x/package.json", true)]
    [InlineData("app/node_modules/a/node_modules/x/package.json", true)]
    [InlineData("app/node_modules/.pnpm/x@1.0.0/node_modules/x/package.json", true)]
    [InlineData("app/package.json", false)]
    [InlineData("app/node_modules/package.json", false)]
    [InlineData("app/node_modules/x/dist/package.json", false)]
    [InlineData("app/node_modules/x/test/fixtures/y/package.json", false)]
    [InlineData("app/node_modules/@scope/package.json", false)]
    [InlineData("app/node_modules/.cache/package.json", false)]
    [InlineData("app/my_node_modules/x/package.json", false)]
    [InlineData("app/node_modules/x/package.json.bak", false)]
    public async Task Only_the_manifest_directly_in_node_modules_is_a_package(string path, bool counts) =>
        Assert.Equal(counts ? 1 : 0, (await ReadAsync(tar => tar.File(path, """{"name":"x","version":"1.0.0"}"""))).Components.Length);

    [Fact]
    public async Task A_scope_is_the_namespace_of_the_purl()
    {
        var component = Assert.Single((await PackageAsync("""{"name":"@babel/core","version":"7.0.0"}""")).Components);

        Assert.Equal(("pkg:npm/%40babel/core@7.0.0", "@babel/core", "npm"), (component.Purl.ToString(), component.Name, component.Ecosystem.ToString()));
    }

    [Theory]
    [InlineData("\"license\":\"MIT\"", "MIT")]
    [InlineData("\"license\":\"(MIT OR Apache-2.0)\"", "(MIT OR Apache-2.0)")]
    [InlineData("\"license\":{\"type\":\"ISC\",\"url\":\"https://x\"}", "ISC")]
    [InlineData("\"licenses\":[{\"type\":\"MIT\"},{\"type\":\"BSD\",\"url\":{\"deep\":[1]}}]", "MIT,BSD")]
    [InlineData("\"licenses\":[\"MIT\",\"MIT\",[\"no\"],7,null]", "MIT")]
    [InlineData("\"license\":7", "")]
    [InlineData("\"license\":\" \"", "")]
    public async Task Licences_are_read_in_all_their_forms(string field, string expected) =>
        Assert.Equal(expected, string.Join(',', (await PackageAsync($$"""{"name":"x","version":"1.0.0",{{field}}}""")).Component("x").Licenses));

    [Theory]
    [InlineData("v1.2.3", "1.2.3")]
    [InlineData("=1.2.3", "1.2.3")]
    [InlineData(" 1.2.3 ", "1.2.3")]
    public async Task Versions_are_cleaned_as_npm_does(string written, string version) =>
        Assert.Equal(version, (await PackageAsync($$"""{"name":"x","version":"{{written}}"}""")).Component("x").Version);

    [Theory]
    [InlineData("", "it is not valid JSON: line 1, byte 1", 0)]
    [InlineData("{\"name\":\"x\",\"version\":\"1\",", "it is not valid JSON: line 1, byte 26", 1)]
    [InlineData("{\"name\":\"x\"}", "'x' states no version", 0)]
    [InlineData("{\"name\":\"x\",\"version\":{}}", "'x' states no version", 0)]
    [InlineData("{\"name\":\"\",\"version\":\"1\"}", "a package's name is empty", 0)]
    public async Task What_is_wrong_with_a_manifest_is_told(string text, string reason, int components)
    {
        var inventory = await PackageAsync(text);

        Assert.Equal(reason, Assert.Single(inventory.Unknowns).Reason);
        Assert.Equal(components, inventory.Components.Length);
    }

    [Theory]
    [InlineData("{\"type\":\"module\"}")]
    [InlineData("{\"version\":\"1.0.0\"}")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public async Task A_manifest_that_names_no_package_is_none(string text) => Assert.Empty((await PackageAsync(text)).Components);

    [Fact]
    public async Task A_byte_order_mark_and_a_trailing_comma_do_no_harm() =>
        Assert.Equal(["x 1.0.0"], (await PackageAsync("\uFEFF{\"name\":\"x\",\"version\":\"1.0.0\",}")).Names());

    [Fact]
    public async Task JSON_nested_without_end_is_told()
    {
        var deep = $$"""{"name":"x","version":"1.0.0","a":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}""";

        var inventory = await PackageAsync(deep);

        Assert.Equal(["x 1.0.0"], inventory.Names());
        Assert.StartsWith("it is not valid JSON", Assert.Single(inventory.Unknowns).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_origin_is_told_by_the_manifest_or_by_the_hidden_lock_file()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/node_modules/old/package.json", """{"name":"old","version":"1.0.0","_resolved":"https://r.example/old.tgz"}""")
            .File("app/node_modules/new/package.json", """{"name":"new","version":"1.0.0"}""")
            .File("app/node_modules/@s/in/node_modules/deep/package.json", """{"name":"deep","version":"1.0.0"}""")
            .File("app/node_modules/.package-lock.json", """
                {"lockfileVersion":3,"packages":{
                  "node_modules/new":{"version":"1.0.0","resolved":"https://r.example/new.tgz"},
                  "node_modules/@s/in/node_modules/deep":{"resolved":"git+ssh://git@example.org/deep.git"},
                  "node_modules/linked":{"link":true}}}
                """));

        Assert.Equal("https://r.example/old.tgz", inventory.Component("old").Origin);
        Assert.Equal("https://r.example/new.tgz", inventory.Component("new").Origin);
        Assert.Equal("git+ssh://git@example.org/deep.git", inventory.Component("deep").Origin);
    }

    private static Task<Model.Inventories.ComponentInventory> PackageAsync(string text) =>
        ReadAsync(tar => tar.File("node_modules/x/package.json", text));

    [Fact]
    public async Task A_text_that_is_no_UTF8_costs_neither_the_package_nor_its_neighbours()
    {
        byte[] manifest = [.. """{"name":"x","version":"1.0.0","license":"M"""u8, 0xEB, .. "\"}"u8];

        var inventory = await ImageReader.ReadAsync(tar => tar.File("node_modules/x/package.json", manifest));

        Assert.Equal(["x 1.0.0"], inventory.Names());
        Assert.Equal("it is not valid JSON: a text in it is not UTF-8", Assert.Single(inventory.Unknowns).Reason);
    }

    [Theory]
    [InlineData("node_modules/x/package.json", """{"name":"x","version":"1.0.0","license":"@"}""")]
    [InlineData("usr/local/lib/perl5/site_perl/5.38.2/x86_64-linux-gnu/.meta/JSON-XS-4.03/install.json", """{"dist":"JSON-XS-4.03","version":"4.03@"}""")]
    [InlineData("app/web.deps.json", """{"libraries":{"a@/1.0.0":{"type":"package"}},"targets":{}}""")]
    public async Task Half_of_a_surrogate_pair_is_the_files_fault(string path, string text) => Assert.Equal(
        "it is not valid JSON: a text in it has half of a surrogate pair",
        Assert.Single((await ReadAsync(tar => tar.File(path, text.Replace("@", "\\ud800", StringComparison.Ordinal)))).Unknowns).Reason);
}

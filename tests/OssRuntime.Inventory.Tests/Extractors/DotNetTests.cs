using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using OssRuntime.Inventory.Tests.Extractors.Programs;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class DotNetTests
{
    private const int Executable = 0b111_101_101;

    private const string Deps = """
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v8.0/linux-x64", "signature": "" },
          "compilationOptions": {},
          "targets": {
            ".NETCoreApp,Version=v8.0": {},
            ".NETCoreApp,Version=v8.0/linux-x64": {
              "shop/1.0.0": {
                "dependencies": { "Newtonsoft.Json": "13.0.1", "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64": "8.0.1" },
                "runtime": { "shop.dll": {} }
              },
              "Newtonsoft.Json/13.0.1": {
                "runtime": { "lib/netstandard2.0/Newtonsoft.Json.dll": { "assemblyVersion": "13.0.0.0", "fileVersion": "13.0.1.25517" } }
              },
              "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": { "native": { "libclrjit.so": { "fileVersion": "0.0.0.0" } } }
            }
          },
          "libraries": {
            "shop/1.0.0": { "type": "project", "serviceable": false, "sha512": "" },
            "Newtonsoft.Json/13.0.1": { "type": "package", "serviceable": true, "sha512": "sha512-x", "path": "newtonsoft.json/13.0.1", "hashPath": "newtonsoft.json.13.0.1.nupkg.sha512" },
            "Local.Reference/2.0.0.0": { "type": "reference", "serviceable": false, "sha512": "" },
            "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": { "type": "runtimepack", "serviceable": false, "sha512": "" }
          }
        }
        """;

    private static string Here => AppContext.BaseDirectory;

    [Fact]
    public async Task A_program_tells_its_packages_its_projects_and_the_runtime_that_it_carries()
    {
        var inventory = await ReadAsync(tar => tar.File("app/shop.deps.json", Deps));

        Assert.Equal(
            ["pkg:nuget/Microsoft.NETCore.App.Runtime.linux-x64@8.0.1 Runtime", "pkg:nuget/Newtonsoft.Json@13.0.1 Library", "pkg:nuget/shop@1.0.0 Application"],
            inventory.Components.Select(c => $"{c.Purl} {c.Type}").Order(StringComparer.Ordinal));
        Assert.Equal("NuGet", inventory.Component("Newtonsoft.Json").Ecosystem.Name);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task The_list_that_the_compiler_wrote_for_these_tests_is_read_whole()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Here, "OssRuntime.Inventory.Tests.deps.json"), TestContext.Current.CancellationToken);

        var inventory = await ReadAsync(tar => tar.File("app/tests.deps.json", file));

        using var json = System.Text.Json.JsonDocument.Parse(file);
        var withFiles = json.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(l => l.Value.EnumerateObject().Any(group => group.Name is "runtime" or "native" or "resources" or "runtimeTargets" && group.Value.EnumerateObject().Any(asset => !asset.Name.EndsWith("_._", StringComparison.Ordinal))))
            .Select(l => l.Name)
            .ToHashSet(StringComparer.Ordinal);
        var libraries = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(l => l.Value.GetProperty("type").GetString() is "project" || (l.Value.GetProperty("type").GetString() is "package" && withFiles.Contains(l.Name)))
            .Select(l => l.Name.Replace('/', ' '));
        Assert.Equal(libraries.Order(StringComparer.Ordinal), inventory.Names().Order(StringComparer.Ordinal));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_shared_framework_is_a_runtime()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json", """{"targets":{},"libraries":{}}""")
            .File("usr/share/dotnet/shared/Other.App/8.0.1/third.deps.json", """{"targets":{},"libraries":{}}"""));

        var runtime = Assert.Single(inventory.Components);
        Assert.Equal(("pkg:nuget/Microsoft.NETCore.App@8.0.1", ComponentType.Runtime), (runtime.Purl.ToString(), runtime.Type));
    }

    [Fact]
    public async Task An_assembly_that_nothing_names_tells_its_package_and_one_that_is_named_is_not_asked()
    {
        var assembly = Path.Combine(Here, "ZstdSharp.dll");
        var file = await File.ReadAllBytesAsync(assembly, TestContext.Current.CancellationToken);
        var stated = FileVersionInfo.GetVersionInfo(assembly).ProductVersion!.Split('+')[0];

        var inventory = await ReadAsync(tar => tar
            .File("app/shop.deps.json", Deps)
            .File("app/plugins/ZstdSharp.dll", file)
            .File("app/Newtonsoft.Json.dll", file)
            .File("app/runtimes/unix/Newtonsoft.Json.dll", file));

        var plugin = inventory.Component("ZstdSharp");
        Assert.Equal((stated, "app/plugins/ZstdSharp.dll", "dotnet-assembly"), (plugin.Version, plugin.Location.Path, plugin.FoundBy));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_list_in_a_later_layer_explains_the_assemblies_of_an_earlier_one()
    {
        var file = await File.ReadAllBytesAsync(Path.Combine(Here, "ZstdSharp.dll"), TestContext.Current.CancellationToken);

        var inventory = await ReadAsync(tar => tar.File("app/Newtonsoft.Json.dll", file), tar => tar.File("app/shop.deps.json", Deps));

        Assert.DoesNotContain("ZstdSharp", inventory.Components.Select(c => c.Name));
    }

    [Fact]
    public async Task Translations_and_libraries_of_other_languages_are_no_packages()
    {
        var translation = Directory.EnumerateFiles(Here, "*.dll").First(f => f.EndsWith("e_sqlite3.dll", StringComparison.Ordinal) || f.EndsWith("OssRuntime.Model.dll", StringComparison.Ordinal));
        var inventory = await ReadAsync(tar => tar
            .File("app/native.dll", ProgramFiles.Pe((".text", false, new byte[3000])))
            .File("app/empty.dll", "")
            .File("app/text.dll", "no program at all")
            .File("app/own.dll", File.ReadAllBytes(translation)));

        Assert.Single(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Assemblies_that_are_cut_or_spoilt_are_told_or_say_nothing()
    {
        var whole = await File.ReadAllBytesAsync(Path.Combine(Here, "ZstdSharp.dll"), TestContext.Current.CancellationToken);
        var random = new Random(5);
        var inventory = await ReadAsync(tar =>
        {
            for (var i = 0; i < 40; i++)
            {
                var spoilt = whole[..random.Next(100, whole.Length)];
                for (var n = 0; n < 30; n++)
                {
                    spoilt[random.Next(Math.Min(spoilt.Length, 2000))] = (byte)random.Next(256);
                }

                tar.File($"app/{i}.dll", spoilt);
            }
        });

        Assert.All(inventory.Unknowns, u => Assert.Equal("it is not a valid .NET assembly", u.Reason));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public async Task A_bundle_tells_what_the_list_inside_it_says(int version)
    {
        var inventory = await ReadAsync(tar => tar.File("app/shop", Bundle(version), Executable));

        Assert.Equal(["Microsoft.NETCore.App.Runtime.linux-x64 8.0.1", "Newtonsoft.Json 13.0.1", "shop 1.0.0"], inventory.Names().Order(StringComparer.Ordinal));
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_host_without_a_bundle_says_nothing_and_a_broken_bundle_says_so()
    {
        var inventory = await ReadAsync(tar => tar
            .File("app/host", new ElfBuilder().Data([.. new byte[64], .. Mark]).Build(), Executable)
            .File("app/cut", Bundle(6)[..^30], Executable)
            .File("app/far", Bundle(6, offset: 1L << 50), Executable)
            .File("app/negative", Bundle(6, offset: -5), Executable));

        Assert.Empty(inventory.Components);
        Assert.Equal(
            [("app/cut", "it is a .NET bundle whose list of files is broken"), ("app/far", "it is a .NET bundle whose list of files is broken")],
            inventory.Unknowns.Select(u => (u.Path, u.Reason)));
    }

    [Fact]
    public async Task Packages_in_a_folder_of_NuGet_tell_their_feed()
    {
        var inventory = await ReadAsync(tar => tar
            .File("root/.nuget/packages/serilog/3.1.1/.nupkg.metadata", """{"version":2,"contentHash":"x==","source":"https://api.nuget.org/v3/index.json"}"""));

        var serilog = inventory.Component("serilog");
        Assert.Equal(("pkg:nuget/serilog@3.1.1", "https://api.nuget.org/v3/index.json"), (serilog.Purl.ToString(), serilog.Origin));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"libraries\":{\"a/1\":[1,{\"type\":\"package\"}],\"b\":{\"type\":\"package\"}}}")]
    [InlineData("{\"libraries\":{\"ok/1\":{\"type\":\"package\"},\"cut/2\":{\"ty")]
    public async Task A_broken_list_costs_only_itself(string text)
    {
        var inventory = await ReadAsync(tar => tar.File("app/x.deps.json", text).File("node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        Assert.Contains("x 1.0.0", inventory.Names());
    }

    [Fact]
    public async Task Lists_nested_without_end_are_told()
    {
        var inventory = await ReadAsync(tar => tar.File("app/x.deps.json", string.Concat(Enumerable.Repeat("{\"targets\":", 10_000))));

        Assert.Contains("it is not valid JSON", Assert.Single(inventory.Unknowns).Reason, StringComparison.Ordinal);
    }

    private static byte[] Mark => System.Security.Cryptography.SHA256.HashData(Encoding.ASCII.GetBytes(".net core bundle\n"));

    internal static byte[] Bundle(int version, long? offset = null)
    {
        var host = new ElfBuilder().ReadOnly(new byte[5000]).Data([.. new byte[64], .. Mark]).Build();
        var deps = Encoding.UTF8.GetBytes(Deps);
        var list = new MemoryStream();
        using (var writer = new BinaryWriter(list, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(version);
            writer.Write(0);
            writer.Write(2);
            writer.Write("an-id");
            writer.Write(new byte[version >= 2 ? 40 : 0]);
            Entry(writer, version, host.Length, 10, 1, "shop.dll");
            Entry(writer, version, host.Length, deps.Length, 3, "shop.deps.json");
        }

        BinaryPrimitives.WriteInt64LittleEndian(host.AsSpan(host.AsSpan().IndexOf(Mark) - 8), offset ?? host.Length + deps.Length);
        return [.. host, .. deps, .. list.ToArray()];
    }

    private static void Entry(BinaryWriter writer, int version, long offset, long size, byte type, string name)
    {
        writer.Write(offset);
        writer.Write(size);
        if (version >= 6)
        {
            writer.Write(0L);
        }

        writer.Write(type);
        writer.Write(name);
    }

    private static Task<ComponentInventory> ReadAsync(params Action<Testing.Images.TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}

using System.Text.Json;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Cli.Tests;

/// <summary>One image in every form that a scan takes, and a database that knows a flaw in it.</summary>
public sealed class ScanStage : IAsyncLifetime
{
    public const int ManyFlaws = 5_000;
    private readonly TemporaryDirectory _folder = new();
    private FakeRegistry _registry = null!;

    public string Database => _folder["advisories.db"];

    public string Reference => _registry.Reference("shop/web", "1");

    /// <summary>An image with a package that has thousands of flaws.</summary>
    public string ManyFlawsReference => _registry.Reference("shop/flawed", "1");

    public string this[string name] => _folder[name];

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        var image = new ImageBuilder()
            .Layer(tar => tar
                .File("etc/os-release", "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\nPRETTY_NAME=\"Debian 12\"\n")
                .File("var/lib/dpkg/status", "Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nArchitecture: amd64\nSource: zlib\n\n"))
            .Layer(tar => tar
                .File("app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.0.0","license":"MIT"}""")
                .File("app/node_modules/broken/package.json", "{"))
            .Build();
        image.WriteLayout(_folder["layout"], "1");
        await File.WriteAllBytesAsync(_folder["oci.tar"], image.ToLayoutArchive("1"));
        Directory.CreateDirectory(_folder["root/app/node_modules/left-pad"]);
        await File.WriteAllTextAsync(_folder["root/app/node_modules/left-pad/package.json"], """{"name":"left-pad","version":"1.0.0"}""");
        _registry.Push("shop/web", "1", image);
        _registry.Push(
            "shop/flawed",
            "1",
            new ImageBuilder().Layer(tar => tar.File("app/node_modules/flawed/package.json", """{"name":"flawed","version":"1.0.0"}""")).Build());
        await WriteFeedAsync();
        var built = await CommandLine.RunAsync(["db", "build", "--feeds", _folder["feeds"], "--output", Database]);
        Assert.Equal(0, built.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The layout with the layers taken away: who lists its components has them from elsewhere.</summary>
    public async Task<string> CopyLayoutWithoutLayersAsync(string name)
    {
        var index = JsonDocument.Parse(await File.ReadAllBytesAsync(_folder["layout/index.json"])).RootElement;
        var manifest = JsonDocument.Parse(await File.ReadAllBytesAsync(Blob(index.GetProperty("manifests")[0]))).RootElement;
        var layers = manifest.GetProperty("layers").EnumerateArray().Select(Blob).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(_folder["layout"], "*", SearchOption.AllDirectories).Where(file => !layers.Contains(file)))
        {
            var copy = Path.Combine(_folder[name], Path.GetRelativePath(_folder["layout"], file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return _folder[name];

        string Blob(JsonElement descriptor) => Path.Combine(_folder["layout"], "blobs", descriptor.GetProperty("digest").GetString()!.Replace(':', '/'));
    }

    private async Task WriteFeedAsync()
    {
        var npm = Directory.CreateDirectory(_folder["feeds/osv/npm"]).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(npm, "GHSA-0000-0000-0001.json"),
            """
            {"id":"GHSA-0000-0000-0001","modified":"2026-01-01T00:00:00Z","aliases":["CVE-2026-0001"],"summary":"pads too far",
            "references":[{"type":"WEB","url":"https://example.org/pads"},{"type":"WEB","url":"javascript:alert(1)"}],
            "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected":[{"package":{"ecosystem":"npm","name":"left-pad"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.1.0"}]}]}]}
            """);
        for (var flaw = 0; flaw < ManyFlaws; flaw++)
        {
            await File.WriteAllTextAsync(
                Path.Combine(npm, $"TEST-{flaw:0000}.json"),
                $$$"""
                {"id":"TEST-{{{flaw:0000}}}","modified":"2026-01-01T00:00:00Z","summary":"one of many",
                "affected":[{"package":{"ecosystem":"npm","name":"flawed"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}
                """);
        }
    }
}

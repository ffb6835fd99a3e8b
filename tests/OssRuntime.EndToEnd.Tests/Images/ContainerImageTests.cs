using System.Text.Json;
using OssRuntime.Stage.Debian;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Processes;
using OssRuntime.Stage.Registries;
using OssRuntime.Testing.Images;

namespace OssRuntime.EndToEnd.Tests.Images;

/// <summary>The operator's own image: built without a container engine, and a program that starts.</summary>
public sealed class ContainerImageTests
{
    [Fact]
    public async Task It_is_built_into_a_layout_and_its_program_starts_as_nobody()
    {
        using var folder = new TemporaryDirectory();
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions());
        var shelf = await ImageShelf.EnsureAsync(["dotnet"], Console.Error);
        var runtime = await shelf.PushAsync("dotnet", registry, "dotnet/aspnet:10.0");
        await Tool.RunAsync("bash", [Checkout.At("eng/image"), folder["layout"], "--base", runtime.Reference]);

        var image = await ConfigurationAsync(folder["layout"]);
        var config = image.GetProperty("config");
        Assert.Equal("65532", config.GetProperty("User").GetString());
        Assert.Equal(["dotnet", "/app/ossruntime-operator.dll"], config.GetProperty("Entrypoint").EnumerateArray().Select(part => part.GetString()));

        await MachinePackages.EnsureAsync(Console.Error, ["umoci"]);
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Skip("only root can enter an image; the image itself was built and looked at");
        }

        await Tool.RunAsync("umoci", ["unpack", "--image", $"{folder["layout"]}:{image.GetProperty("config").GetProperty("Labels").GetProperty("org.opencontainers.image.version").GetString()}", folder["bundle"]]);
        var help = await Tool.RunAsync(
            "unshare",
            ["--mount", "--pid", "--fork", "--kill-child", $"--root={Path.Combine(folder["bundle"], "rootfs")}", "--mount-proc", "--setuid=65532", "--setgid=65532",
                "dotnet", "/app/ossruntime-operator.dll", "--help"]);
        Assert.Contains("--registry-timeout", help, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ConfigurationAsync(string layout)
    {
        var index = await ReadAsync(Path.Combine(layout, "index.json"));
        var manifest = await ReadAsync(Blob(index.GetProperty("manifests")[0]));
        return await ReadAsync(Blob(manifest.GetProperty("config")));

        string Blob(JsonElement descriptor) => Path.Combine(layout, "blobs", "sha256", descriptor.GetProperty("digest").GetString()!["sha256:".Length..]);
    }

    private static async Task<JsonElement> ReadAsync(string file) => JsonDocument.Parse(await File.ReadAllBytesAsync(file)).RootElement;
}

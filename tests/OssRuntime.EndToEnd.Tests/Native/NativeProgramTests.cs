using System.Diagnostics;
using OssRuntime.Stage.Processes;
using OssRuntime.Testing.Images;

namespace OssRuntime.EndToEnd.Tests.Native;

/// <summary>
/// The command line published as native code: it is built without a warning (one would stop it), and does what the same program does on the
/// runtime. Building takes minutes, and seconds where nothing changed since.
/// </summary>
public sealed class NativeProgramTests
{
    [Fact]
    public async Task It_answers_word_for_word_as_on_the_runtime()
    {
        if (!Tool.Exists("gcc") && !Tool.Exists("clang"))
        {
            Assert.Skip("native code takes gcc or clang");
        }

        using var folder = new TemporaryDirectory();
        await Tool.RunAsync("bash", [Checkout.At("eng/native"), folder["native"]]);
        var native = folder["native/ossruntime"];
        new ImageBuilder()
            .Layer(tar => tar
                .File("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian 12\"\n")
                .File("var/lib/dpkg/status", "Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nArchitecture: amd64\nSource: zlib\n\n"))
            .Layer(tar => tar
                .File("app/node_modules/left-pad/package.json", """{"name":"left-pad","version":"1.0.0","license":"MIT"}""")
                .File("app/node_modules/broken/package.json", "{")
                .File("app/lib/a.jar", ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n"))))
            .Build()
            .WriteLayout(folder["layout"], "1");
        await File.WriteAllTextAsync(folder["pod.yaml"], "kind: Pod\nspec: {containers: [{name: a, image: '127.0.0.1:1/no/registry:1'}]}\n");
        var database = folder["advisories.db"];
        string[][] commands =
        [
            ["--version"],
            ["scan", "--help"],
            ["inspect", "purl"],
            ["inspect", "cvss"],
            ["inspect", "versions", "--ecosystem", "Debian"],
            ["db", "build", "--feeds", Checkout.At("config/samples/feeds"), "--output", database],
            ["db", "verify", "--db", database],
            ["db", "lookup", "pkg:npm/left-pad@1.0.0", "--db", database],
            ["scan", $"oci:{folder["layout"]}", "--db", database],
            ["scan", $"oci:{folder["layout"]}", "--db", database, "--format", "json"],
            ["scan", $"oci:{folder["layout"]}", "--format", "cyclonedx", "--at", "2026-11-01", "--store", folder["store.db"]],
            ["scan", $"oci:{folder["layout"]}", "--format", "spdx", "--at", "2026-11-01", "--store", folder["store.db"]],
            ["scan", $"oci:{folder["layout"]}", "--format", "spdx3", "--at", "2026-11-01"],
            ["scan", $"manifests:{folder["pod.yaml"]}", "--db", database, "--format", "json"],
        ];
        foreach (var command in commands)
        {
            var onRuntime = await RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "ossruntime.dll"), .. command]);
            var asNative = await RunAsync(native, command);
            if (command is ["--version"])
            {
                // The commit behind the plus is of the moment of each build.
                Assert.Equal(0, onRuntime.Code);
                Assert.Equal((0, onRuntime.Output.Split('+')[0]), (asNative.Code, asNative.Output.Split('+')[0]));
                continue;
            }

            Assert.True(onRuntime == asNative, $"{string.Join(' ', command)}:\n{onRuntime}\n\nnative:\n{asNative}");
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync("pkg:npm/%40babel/core@7.0.0\n1.0~rc1 1.0\nCVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\n");
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}

using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.EndToEnd.Tests.BadInput;

/// <summary>What registries and images do wrong, one image for each.</summary>
internal static class BadImages
{
    private const string Good = "ReadFromLayers";
    private const string Status = "Package: zlib1g\nStatus: install ok installed\nVersion: 1:1.2.13.dfsg-1\nArchitecture: amd64\nSource: zlib\n\n";
    private const string Debian = "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\n";

    public static IReadOnlyList<BadImage> All { get; } =
    [
        new("good", Good, registry => Push(registry, "good", Image(Status))),
        new("unknown-digest", "ManifestUnknown", _ => ImageBuilder.DigestOf("nothing"u8)),
        new("wrong-digest", "DigestMismatch", WrongDigest),
        new("locked", "Unauthorized", registry => Answers(registry, "locked", 401, "Basic realm=\"private\"")),
        new("forbidden", "Forbidden", registry => Answers(registry, "forbidden", 403)),
        new("let-in-later", Good, registry => Answers(registry, "let-in-later", 401, "Basic realm=\"private\"", times: 1)),
        new("busy", Good, Busy),
        new("broken-registry", "RegistryError", registry => Answers(registry, "broken-registry", 500)),
        new("silent", "RegistryStalled", Silent),
        new("stalled-blob", "RegistryStalled", registry => Faulty(registry, "stalled-blob", FakeBlobFault.Stall)),
        new("cut-blob", "BlobCut", registry => Faulty(registry, "cut-blob", FakeBlobFault.Cut)),
        new("corrupt-blob", "DigestMismatch", registry => Faulty(registry, "corrupt-blob", FakeBlobFault.Corrupt)),
        new("missing-blob", "BlobUnknown", MissingBlob),
        new("no-gzip", "LayerCorrupt", registry => Push(registry, "no-gzip", new ImageBuilder().Blob("this is no archive"u8.ToArray()).Build())),
        new("ten-gigabytes-of-zeros", "LimitExceeded", registry => Push(registry, "ten-gigabytes-of-zeros", new ImageBuilder().Blob(Zeros()).Build())),
        new("a-million-entries", "LimitExceeded", registry => Push(registry, "a-million-entries", new ImageBuilder().Blob(ManyEntries()).Build()), "entries"),
        new("escaping-paths", Good, registry => Push(registry, "escaping-paths", EscapingPaths()), "leads out of the root"),
        new("broken-dpkg", Good, registry => Push(registry, "broken-dpkg", Image(Status + "Package\u0001 no colon here\n\u0000\u0000\n\n" + Status.Replace("zlib1g", "libz", StringComparison.Ordinal))), "var/lib/dpkg/status"),
        new("package-json-is-none", Good, registry => Push(registry, "package-json-is-none", NoJson()), "app/node_modules/broken/package.json"),
        new("five-thousand-findings", Good, registry => Push(registry, "five-thousand-findings", Flawed()), "ByteBudget"),
        new("windows", "UnsupportedImage", registry => Push(registry, "windows", new ImageBuilder().Platform("windows", "amd64").Layer(tar => tar.File("a", "b")).Build())),
        new("strange-distribution", Good, registry => Push(registry, "strange-distribution", Image(Status, "ID=plan9\nVERSION_ID=4\n")), "NothingCovered"),
    ];

    private static string Push(FakeRegistry registry, string repository, BuiltImage image)
    {
        registry.Push(repository, "1", image);
        return image.Digest;
    }

    private static BuiltImage Image(string status, string release = Debian) =>
        new ImageBuilder().Layer(tar => tar.File("etc/os-release", release).File("var/lib/dpkg/status", status)).Build();

    // Each image has bytes of its own: layers that several share are read once.
    private static BuiltImage Unique(string name) =>
        new ImageBuilder().Layer(tar => tar.File("etc/os-release", Debian).File("var/lib/dpkg/status", Status).File("name", name + new string('x', 100_000))).Build();

    private static string WrongDigest(FakeRegistry registry)
    {
        var promised = ImageBuilder.DigestOf("another manifest"u8);
        var image = Unique("wrong-digest");
        registry.Push("wrong-digest", "1", image);
        registry.PushManifest("wrong-digest", promised, image.MediaType, image.Manifest);
        return promised;
    }

    private static string Answers(FakeRegistry registry, string repository, int code, string? challenge = null, int times = int.MaxValue)
    {
        registry.Script(
            request => IsIn(request, repository),
            context =>
            {
                context.Response.StatusCode = code;
                context.Response.Headers.WWWAuthenticate = challenge;
                return Task.CompletedTask;
            },
            times);
        return Push(registry, repository, Unique(repository));
    }

    private static string Busy(FakeRegistry registry)
    {
        registry.Script(
            request => IsIn(request, "busy"),
            context =>
            {
                context.Response.StatusCode = 429;
                context.Response.Headers.RetryAfter = "2";
                return Task.CompletedTask;
            },
            times: 1);
        return Push(registry, "busy", Unique("busy"));
    }

    private static string Silent(FakeRegistry registry)
    {
        registry.Script(request => IsIn(request, "silent"), context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        return Push(registry, "silent", Unique("silent"));
    }

    private static string Faulty(FakeRegistry registry, string repository, FakeBlobFault fault)
    {
        var image = Unique(repository);
        registry.Fault(image.LayerDigests[0], fault, after: 100);
        return Push(registry, repository, image);
    }

    private static string MissingBlob(FakeRegistry registry)
    {
        var image = Unique("missing-blob");
        registry.Push("missing-blob", "1", image);
        registry.DeleteBlob("missing-blob", image.LayerDigests[0]);
        return image.Digest;
    }

    // Gzip members may stand one after the other (RFC 1952 section 2.2), so that each is made once. A tar header's size field ends at 8 GiB.
    private static byte[] Zeros()
    {
        var header = ImageBuilder.Gzip(new TarBuilder().Entry("zeros", '0', [], statedSize: 5L << 30).BuildWithoutEnd());
        var zeros = ImageBuilder.Gzip(new byte[64 << 20], CompressionLevel.Optimal);
        IEnumerable<byte[]> half = [header, .. Enumerable.Repeat(zeros, 80)];
        return [.. half.Concat(half).SelectMany(bytes => bytes)];
    }

    private static byte[] ManyEntries()
    {
        var tar = new TarBuilder();
        for (var entry = 0; entry < 10_000; entry++)
        {
            tar.File($"files/{entry}", "");
        }

        return [.. Enumerable.Repeat(ImageBuilder.Gzip(tar.BuildWithoutEnd()), 101).SelectMany(bytes => bytes)];
    }

    // What would land outside of the root is not read; the one package that stands where it should is.
    private static BuiltImage EscapingPaths() => new ImageBuilder()
        .Layer(tar => tar
            .File("etc/os-release", Debian)
            .File("../../var/lib/dpkg/status.d/outside", Status)
            .File("/etc/../../../escape", "x")
            .SymbolicLink("lib/link", "../../../../etc/shadow")
            .HardLink("lib/hard", "../../../../etc/shadow")
            .File("/var/lib/dpkg/status", Status))
        .Build();

    private static BuiltImage NoJson() => new ImageBuilder()
        .Layer(tar => tar
            .File("app/node_modules/broken/package.json", "{\"name\": \"broken\", ")
            .File("app/node_modules/whole/package.json", Encoding.UTF8.GetBytes("""{"name":"whole","version":"1.0.0"}""")))
        .Build();

    private static BuiltImage Flawed() => new ImageBuilder()
        .Layer(tar => tar.File($"app/node_modules/{ManyFlawsFeed.Package}/package.json", $$"""{"name":"{{ManyFlawsFeed.Package}}","version":"1.0.0"}"""))
        .Build();

    private static bool IsIn(HttpRequest request, string repository) =>
        request.Path.StartsWithSegments($"/v2/{repository}", StringComparison.Ordinal);
}

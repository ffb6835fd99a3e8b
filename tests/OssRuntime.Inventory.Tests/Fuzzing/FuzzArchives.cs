using System.Security.Cryptography;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Extractors.Zip;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Merging;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Fuzzing;

/// <summary>Readers of bytes: layers in each compression, archives of images, zip, what stores keep.</summary>
internal static class FuzzArchives
{
    private static readonly byte[] Tar = new TarBuilder()
        .File("etc/os-release", ImageReader.DebianRelease)
        .Directory("usr")
        .SymbolicLink("bin", "usr/bin")
        .File("var/lib/dpkg/status", ImageReader.Stanza("a", "1"))
        .Pax(("path", "node_modules/x/package.json"), ("mtime", "1.5")).File("x", """{"name":"x","version":"1.0.0"}""")
        .LongName("node_modules/y/package.json").File("y", """{"name":"y","version":"1.0.0"}""")
        .HardLink("node_modules/z/package.json", "node_modules/y/package.json")
        .Whiteout("app/old").Opaque("app/data")
        .File("app/x.jar", ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1.0\n")))
        .Build();

    /// <summary>All targets.</summary>
    public static IEnumerable<FuzzTarget> Targets =>
    [
        new("layer tar", Tar, ReadLayer, typeof(InventoryException)),
        new("layer gzip", ImageBuilder.Gzip(Tar), ReadLayer, typeof(InventoryException)),
        new("layer zstd", ImageBuilder.Zstd(Tar), ReadLayer, typeof(InventoryException)),
        new("layer gzip of a spoilt tar", Tar, b => ReadLayer(ImageBuilder.Gzip(b)), typeof(InventoryException)),
        new("oci archive", Image.ToLayoutArchive(), b => ReadArchive(b, path => OciArchive.Open(path)), typeof(InventoryException)),
        new("docker archive", DockerSave(), b => ReadArchive(b, path => DockerArchive.Open(path)), typeof(InventoryException)),
        new("zip", ZipBuilder.Zip(("a", "x"), ("b/c", new byte[5000])), ReadZip, typeof(InvalidDataException)),
        new("kept layer", LayerIndexCodec.Encode(Index(Tar)), b => LayerIndexCodec.Decode(b)),
        new("kept inventory", InventoryCodec.Encode(new() { Components = ImageComponents.Of([new LayerContent(null, Index(Tar))]).Components }), b => InventoryCodec.Decode(b)),
    ];

    private static BuiltImage Image => new ImageBuilder().Layer(Tar, LayerCompressionKind.None).Build();

    private static LayerIndex Index(byte[] tar)
    {
        var reader = new LayerReader(Digest.OfSha256(SHA256.HashData(tar)), tar.Length, ExtractorCatalog.Default, new ContentLimits(), new ImageBudget(new ContentLimits()), CancellationToken.None);
        reader.FirstPass(new MemoryStream(tar), null);
        return reader.Finish();
    }

    private static void ReadLayer(byte[] blob)
    {
        var limits = new ContentLimits { LayerBytes = 256 << 20, SpoolMemory = 1 << 20 };
        var reader = new LayerReader(Digest.OfSha256(SHA256.HashData(blob)), blob.Length, ExtractorCatalog.Default, limits, new ImageBudget(new ContentLimits()), CancellationToken.None);
        reader.FirstPass(new MemoryStream(blob), null);
        if (reader.NeedsSecondPass)
        {
            reader.SecondPass(new MemoryStream(blob));
        }

        ImageComponents.Of([new LayerContent(null, reader.Finish())]);
    }

    private static void ReadArchive(byte[] bytes, Func<string, IImageSource> open)
    {
        using var directory = new TemporaryDirectory();
        var path = directory["image.tar"];
        File.WriteAllBytes(path, bytes);
        var indexer = new ImageIndexer(new InventoryOptions(), null, TimeProvider.System);
#pragma warning disable xUnit1031 // A fuzz target is a plain action; nothing here waits for a context.
        indexer.IndexAsync(open(path), Platform.LinuxAmd64, null, CancellationToken.None).GetAwaiter().GetResult();
#pragma warning restore xUnit1031
    }

    private static void ReadZip(byte[] bytes)
    {
        using var content = new Spool(1 << 20, Path.GetTempPath()).Keep(new MemoryStream(bytes), bytes.Length, bytes.Length);
        var meter = new ReadingMeter(new ImageBudget(new ContentLimits()));
        meter.Begin();
        var zip = new ZipDirectory(content, meter);
        foreach (var entry in zip.Find(_ => true))
        {
            ZipRecord.Read(zip, entry, 1 << 20, _ => { });
        }
    }

    private static byte[] DockerSave()
    {
        const string config = """{"os":"linux","architecture":"amd64","rootfs":{"type":"layers","diff_ids":["DIFF"]}}""";
        return new TarBuilder()
            .File("manifest.json", """[{"Config":"config.json","RepoTags":["a:1"],"Layers":["layer.tar"]}]""")
            .File("config.json", config.Replace("DIFF", ImageBuilder.DigestOf(Tar), StringComparison.Ordinal))
            .File("layer.tar", Tar)
            .Build();
    }
}

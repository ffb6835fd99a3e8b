using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Images;

/// <summary>Layers that are packed so that parts of them can be fetched: to whoever reads them whole they are layers.</summary>
public sealed class LazyLayerTests
{
    private const string Manifest = """{"name":"x","version":"1.0.0"}""";

    /// <summary>eStargz: each file is a member of its own, landmarks stand among them, the table of contents and a footer follow.</summary>
    [Fact]
    public async Task EStargz_is_read()
    {
        using var blob = new MemoryStream();
        blob.Write(Member(new TarBuilder().File(".prefetch.landmark", [0xF])));
        foreach (var part in Parts())
        {
            blob.Write(Member(part));
        }

        blob.Write(Member(new TarBuilder().File("stargz.index.json", """{"version":1,"entries":[{"name":"node_modules/x/package.json","type":"reg"}]}""").Raw(new byte[1024])));
        blob.Write(Footer());

        var inventory = await ImageReader.ReadAsync(new ImageBuilder().Blob(blob.ToArray()).Build());

        Assert.Equal(["x 1.0.0", "y 1.0.0"], inventory.Names());
        Assert.Empty(inventory.Unknowns);
    }

    /// <summary>zstd:chunked: each file is a frame of its own; its table of contents and where that lies are frames that a reader skips.</summary>
    [Fact]
    public async Task Chunked_zstd_is_read()
    {
        using var blob = new MemoryStream();
        foreach (var part in Parts())
        {
            blob.Write(ImageBuilder.Zstd(part.BuildWithoutEnd()));
        }

        blob.Write(ImageBuilder.Zstd(new byte[1024]));
        blob.Write(Skippable(ImageBuilder.Zstd("""{"version":1,"entries":[]}"""u8)));
        blob.Write(Skippable([.. new byte[56], .. "GNUlInUx"u8]));

        var inventory = await ImageReader.ReadAsync(new ImageBuilder().Blob(blob.ToArray(), "application/vnd.oci.image.layer.v1.tar+zstd").Build());

        Assert.Equal(["x 1.0.0", "y 1.0.0"], inventory.Names());
        Assert.Empty(inventory.Unknowns);
    }

    private static IEnumerable<TarBuilder> Parts()
    {
        yield return new TarBuilder().Directory("node_modules");
        yield return new TarBuilder().File("node_modules/x/package.json", Manifest);
        yield return new TarBuilder().File("usr/share/large", new byte[300_000]);
        yield return new TarBuilder().File("node_modules/y/package.json", Manifest.Replace('x', 'y'));
    }

    private static byte[] Member(TarBuilder tar) => ImageBuilder.Gzip(tar.BuildWithoutEnd(), CompressionLevel.SmallestSize);

    /// <summary>An empty member whose extra field says where the table of contents begins.</summary>
    private static byte[] Footer()
    {
        var extra = Encoding.ASCII.GetBytes($"SG\u0016\0{0x1234:x16}STARGZ");
        return [0x1F, 0x8B, 0x08, 0x04, 0, 0, 0, 0, 0, 0xFF, (byte)extra.Length, 0, .. extra, 0x01, 0x00, 0x00, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0];
    }

    private static byte[] Skippable(byte[] content)
    {
        var frame = new byte[8 + content.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 0x184D2A50);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), content.Length);
        content.CopyTo(frame, 8);
        return frame;
    }
}

using System.IO.Compression;
using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Layers;

public sealed class HostileLayerTests
{
    private const string Json = """{"name":"x","version":"1.0.0"}""";

    [Fact]
    public async Task A_layer_that_is_neither_gzip_nor_tar_is_told()
    {
        var failure = await FailAsync(new ImageBuilder().Blob(Encoding.UTF8.GetBytes(new string('?', 5000))).Build());

        Assert.Equal((FailureReason.LayerCorrupt, false, "a layer is neither gzip, zstd nor tar"), (failure.Reason, failure.Retryable, failure.Message));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_layer_that_breaks_off_in_its_compression_is_told(bool isGzip)
    {
        var tar = new TarBuilder().File("a", new byte[100_000]).Build();
        var blob = isGzip ? ImageBuilder.Gzip(tar) : ImageBuilder.Zstd(tar);

        Assert.Equal(FailureReason.LayerCorrupt, (await FailAsync(new ImageBuilder().Blob(blob[..(blob.Length / 2)]).Build())).Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_layer_whose_compression_is_damaged_is_told(bool isGzip)
    {
        var noise = new byte[50_000];
        new Random(3).NextBytes(noise);
        var tar = new TarBuilder().File("a", noise).File("b", new byte[5000]).Build();
        var blob = isGzip ? ImageBuilder.Gzip(tar) : ImageBuilder.Zstd(tar);
        for (var i = 12; i < 40; i++)
        {
            blob[i] ^= 0xA5;
        }

        Assert.Equal(FailureReason.LayerCorrupt, (await FailAsync(new ImageBuilder().Blob(blob).Build())).Reason);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(512 + 10)]
    [InlineData(512 + 512 + 200)]
    public async Task A_tar_that_breaks_off_is_told(int length)
    {
        var tar = new TarBuilder().File("a", new byte[512]).File("b", new byte[512]).Build()[..length];

        var failure = await FailAsync(new ImageBuilder().Blob(ImageBuilder.Gzip(tar)).Build());

        Assert.Equal(FailureReason.LayerCorrupt, failure.Reason);
    }

    [Fact]
    public async Task A_tar_without_the_empty_blocks_at_its_end_is_read()
    {
        var tar = new TarBuilder().File("node_modules/x/package.json", Json).BuildWithoutEnd();

        Assert.Equal(["x 1.0.0"], (await ReadAsync(new ImageBuilder().Blob(ImageBuilder.Gzip(tar)).Build())).Names());
    }

    [Fact]
    public async Task A_gzip_of_several_members_is_read_to_its_end()
    {
        var tar = new TarBuilder().File("a", new byte[3000]).File("node_modules/x/package.json", Json).Build();
        byte[] blob = [.. ImageBuilder.Gzip(tar.AsSpan(0, 1000)), .. ImageBuilder.Gzip(tar.AsSpan(1000, 2000)), .. ImageBuilder.Gzip(tar.AsSpan(3000))];

        Assert.Equal(["x 1.0.0"], (await ReadAsync(new ImageBuilder().Blob(blob).Build())).Names());
    }

    [Fact]
    public async Task A_zstd_of_several_and_of_skippable_frames_is_read_to_its_end()
    {
        var tar = new TarBuilder().File("a", new byte[3000]).File("node_modules/x/package.json", Json).Build();
        byte[] skippable = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4];
        byte[] blob = [.. skippable, .. ImageBuilder.Zstd(tar.AsSpan(0, 1000)), .. skippable, .. ImageBuilder.Zstd(tar.AsSpan(1000)), .. skippable];

        Assert.Equal(["x 1.0.0"], (await ReadAsync(new ImageBuilder().Blob(blob).Build())).Names());
    }

    [Fact]
    public async Task Ten_gigabytes_of_zeros_are_not_inflated()
    {
        // The member holds 8 MiB of zeros in 8 kB; a thousand of them are a bomb.
        var member = ImageBuilder.Gzip(new byte[8 << 20], CompressionLevel.SmallestSize);
        var header = ImageBuilder.Gzip(new TarBuilder().Entry("zeros", '0', [], statedSize: 10L << 30).BuildWithoutEnd());
        var blob = new MemoryStream();
        blob.Write(header);
        for (var i = 0; i < 1280; i++)
        {
            blob.Write(member);
        }

        var failure = await FailAsync(
            new ImageBuilder().Blob(blob.ToArray()).Build(), new ContentLimits { RatioFloor = 64 << 20 });

        Assert.Equal((FailureReason.LimitExceeded, "a layer inflates to more than 250 times its size"), (failure.Reason, failure.Message));
    }

    [Fact]
    public async Task Each_limit_ends_as_its_own_reason()
    {
        var image = new ImageBuilder().Layer(tar => tar.File("a", new byte[5000]).File("b", "").File("c", "")).Layer(tar => tar.File("d", new byte[5000])).Build();

        Assert.Equal("a layer inflates to more than 4000 bytes", (await FailAsync(image, new ContentLimits { LayerBytes = 4000 })).Message);
        Assert.Equal("the image inflates to more than 9000 bytes", (await FailAsync(image, new ContentLimits { ImageBytes = 9000 })).Message);
        Assert.Equal("a layer has more than 2 entries", (await FailAsync(image, new ContentLimits { LayerEntries = 2 })).Message);
    }

    [Fact]
    public async Task A_million_entries_are_too_many()
    {
        var block = new TarBuilder().Directory("d").BuildWithoutEnd();
        var million = new MemoryStream();
        using (var gzip = new GZipStream(million, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 1_000_001; i++)
            {
                gzip.Write(block);
            }
        }

        Assert.Equal(FailureReason.LimitExceeded, (await FailAsync(new ImageBuilder().Blob(million.ToArray()).Build())).Reason);
    }

    [Theory]
    [InlineData("/node_modules/x/package.json")]
    [InlineData("./node_modules/x/package.json")]
    [InlineData("//node_modules/./x//package.json")]
    [InlineData("../../node_modules/x/package.json")]
    [InlineData("a/../../../node_modules/x/package.json")]
    [InlineData("node_modules/y/../x/package.json")]
    public async Task Paths_never_leave_the_root(string path)
    {
        var inventory = await ReadAsync(tar => tar.File(path, Json));

        Assert.Equal("node_modules/x/package.json", Assert.Single(inventory.Components).Location.Path);
    }

    [Fact]
    public async Task A_path_that_is_too_long_is_told_and_the_rest_is_read()
    {
        var inventory = await ReadAsync(tar => tar
            .LongName($"{new string('d', 5000)}/package.json").File("short", "")
            .File("node_modules/x/package.json", Json));

        Assert.Equal(["x 1.0.0"], inventory.Names());
        Assert.Equal("a path is longer than the limit allows", Assert.Single(inventory.Unknowns).Reason);
    }

    [Fact]
    public async Task Headers_that_are_no_numbers_or_lie_are_told()
    {
        Action<TarBuilder>[] broken =
        [
            tar => tar.Entry("a", '0', [], change: header => header[148] ^= 1),
            tar => tar.Entry("a", '0', [], change: header => Reseal(header, () => header[124] = (byte)'9')),
            tar => tar.Entry("a", '0', [], change: header => Reseal(header, () => header[124] = 0xFF)),
            tar => tar.Entry("a", '0', [], change: header => Reseal(header, () => header.AsSpan(124, 12).Fill(0x9F))),
            tar => tar.Entry("a", '0', [], statedSize: long.MaxValue),
            tar => tar.Entry("a", 'L', [], statedSize: 100 << 20),
            tar => tar.Entry("a", 'x', Encoding.UTF8.GetBytes("99 path=x\n")),
            tar => tar.Entry("a", 'x', Encoding.UTF8.GetBytes("8 =novalue\n")),
            tar => tar.Entry("a", 'x', Encoding.UTF8.GetBytes("0 a=b\n")),
            tar => tar.Entry("a", 'x', Encoding.UTF8.GetBytes("-5 a=b\n")),
            tar => tar.Pax(("size", "-1")).File("a", ""),
            tar => tar.Pax(("size", "many")).File("a", ""),
            tar => tar.Pax(("path", "a\0b")).File("a", ""),
        ];
        foreach (var fill in broken)
        {
            Assert.Equal(FailureReason.LayerCorrupt, (await FailAsync(new ImageBuilder().Layer(fill).Build())).Reason);
        }
    }

    [Fact]
    public async Task An_image_with_one_broken_file_is_inventoried_with_an_unknown()
    {
        var inventory = await ReadAsync(tar => tar
            .File("node_modules/x/package.json", Json)
            .File("node_modules/y/package.json", "{ this is no JSON")
            .File("node_modules/z/package.json", new byte[(16 << 20) + 1])
            .Entry("node_modules/s/package.json", 'S', Encoding.UTF8.GetBytes(Json)));

        Assert.Equal(["x 1.0.0"], inventory.Names());
        Assert.Equal(
            [
                ("node_modules/s/package.json", "npm", "it is stored as a sparse file"),
                ("node_modules/y/package.json", "npm", "it is not valid JSON: line 1, byte 3"),
                ("node_modules/z/package.json", "npm", "it has 16777217 bytes; npm reads at most 16777216"),
            ],
            inventory.Unknowns.Select(u => (u.Path, u.Extractor, u.Reason)));
    }

    [Fact]
    public async Task Blobs_that_are_not_what_their_descriptor_says_are_refused()
    {
        var image = new ImageBuilder().Layer(tar => tar.File("a", new byte[5000])).Build();
        var layer = image.LayerDigests[0];
        var size = image.Blobs[layer].Length;
        var other = new ImageBuilder().Layer(tar => tar.File("b", new byte[5000])).Build();

        var changed = image with { Blobs = With(image, layer, other.Blobs[other.LayerDigests[0]]) };
        var longer = new ImageBuilder().Layer(tar => tar.File("a", new byte[5000]))
            .ChangeManifest(m => m.Replace($"\"size\":{size}}}]", $"\"size\":{size - 1}}}]", StringComparison.Ordinal)).Build();
        var shorter = new ImageBuilder().Layer(tar => tar.File("a", new byte[5000]))
            .ChangeManifest(m => m.Replace($"\"size\":{size}}}]", $"\"size\":{size + 1}}}]", StringComparison.Ordinal)).Build();

        Assert.Equal(FailureReason.DigestMismatch, (await FailAsync(changed)).Reason);
        Assert.Equal(FailureReason.DigestMismatch, (await FailAsync(longer)).Reason);
        Assert.Equal(FailureReason.DigestMismatch, (await FailAsync(shorter)).Reason);
    }

    [Fact]
    public async Task What_follows_the_end_of_the_archive_counts_for_the_digest_and_for_nothing_else()
    {
        byte[] tar = [.. new TarBuilder().File("node_modules/x/package.json", Json).Build(), .. Encoding.UTF8.GetBytes(new string('x', 3000))];

        Assert.Equal(["x 1.0.0"], (await ReadAsync(new ImageBuilder().Layer(tar).Build())).Names());
    }

    private static void Reseal(byte[] header, Action change)
    {
        change();
        TarBuilder.Seal(header);
    }

    private static Dictionary<string, byte[]> With(BuiltImage image, string digest, byte[] content) =>
        image.Blobs.ToDictionary(b => b.Key, b => b.Key == digest ? content : b.Value);
}

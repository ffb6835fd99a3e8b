using System.Buffers.Binary;
using System.Security.Cryptography;
using OssRuntime.Inventory.Blobs;
using OssRuntime.Model.Images;
using OssRuntime.Testing.Images;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace OssRuntime.Inventory.Tests.Blobs;

public sealed class ZstdStreamTests
{
    private static readonly byte[] Content = Repetitive(3_000_000);

    [Theory]
    [InlineData(10, 1)]
    [InlineData(12, 3)]
    [InlineData(17, 3)]
    [InlineData(18, 9)]
    [InlineData(20, 19)]
    public void A_window_that_is_shorter_than_the_content_goes_round(int windowLog, int level) =>
        Assert.Equal(Content, Inflate(Stream(Content, windowLog, level)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public void A_frame_that_says_how_long_it_is_comes_out_whole(int length) =>
        Assert.Equal(Content[..length], Inflate(ImageBuilder.Zstd(Content.AsSpan(0, length))));

    [Fact]
    public void What_cannot_be_compressed_and_what_is_all_one_byte_come_out_whole()
    {
        var noise = new byte[400_000];
        new Random(7).NextBytes(noise);
        byte[] mixed = [.. noise, .. new byte[500_000], .. noise];

        Assert.Equal(mixed, Inflate(Stream(mixed, 17, 1)));
    }

    [Fact]
    public void Frames_of_many_windows_follow_one_another_and_what_may_be_gone_over_is()
    {
        byte[] blob =
        [
            .. Skippable(0), .. Stream(Content.AsSpan(0, 200_000), 12, 1), .. Skippable(100_000), .. ImageBuilder.Zstd(Content.AsSpan(0, 10)),
            .. Stream(Content, 19, 3), .. ImageBuilder.Zstd([]), .. Stream(Content.AsSpan(0, 300_000), 10, 1), .. Skippable(5),
        ];

        Assert.Equal([.. Content[..200_000], .. Content[..10], .. Content, .. Content[..300_000]], Inflate(blob));
    }

    [Fact]
    public void What_is_gone_over_is_counted_as_it_would_be_read()
    {
        using var stream = Open(Stream(Content, 12, 1));

        Assert.Equal(1_234_567, stream.Skip(1_234_567));
        var next = new byte[1000];
        stream.ReadExactly(next);
        Assert.Equal(Content[1_234_567..1_235_567], next);
        Assert.Equal(Content.Length - 1_235_567, stream.Skip(long.MaxValue));
        Assert.True(stream.Buffered().IsEmpty);
    }

    [Fact]
    public void A_blob_that_ends_anywhere_inside_a_frame_is_told()
    {
        byte[] blob = [.. Skippable(3), .. Stream(Content.AsSpan(0, 2000), 10, 1)];
        for (var length = 1; length < blob.Length; length++)
        {
            var cut = blob[..length];
            if (length == 11)
            {
                Assert.Empty(Inflate(cut));
                continue;
            }

            Assert.Throws<EndOfStreamException>(() => Inflate(cut));
        }
    }

    [Fact]
    public void A_window_beyond_what_is_granted_is_refused_before_it_takes_memory()
    {
        // Magic, a descriptor without a content size, a window of 2^28, and one raw block of one byte that is the last.
        byte[] blob = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 18 << 3, 0x09, 0x00, 0x00, (byte)'x'];

        Assert.Contains("268435456", Assert.Throws<InvalidDataException>(() => Inflate(blob)).Message, StringComparison.Ordinal);
        blob[5] = 17 << 3;
        Assert.Equal("x"u8.ToArray(), Inflate(blob));
    }

    [Fact]
    public void A_frame_that_is_longer_or_shorter_than_it_says_is_damaged()
    {
        // One segment that says it has two bytes.
        byte[] Frame(params byte[] content) => [0x28, 0xB5, 0x2F, 0xFD, 0x20, 2, (byte)((content.Length << 3) | 1), 0x00, 0x00, .. content];

        Assert.Equal("xy"u8.ToArray(), Inflate(Frame((byte)'x', (byte)'y')));
        Assert.Throws<InvalidDataException>(() => Inflate(Frame((byte)'x')));
        Assert.Throws<InvalidDataException>(() => Inflate(Frame((byte)'x', (byte)'y', (byte)'z')));
    }

    [Fact]
    public void Any_byte_that_is_wrong_is_either_told_or_gives_other_bytes()
    {
        var blob = Stream(Content.AsSpan(0, 300_000), 12, 1);
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var broken = blob.ToArray();
            broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            var error = Record.Exception(() => Inflate(broken));
            Assert.True(error is null or InvalidDataException or EndOfStreamException, error?.ToString());
        }
    }

    private static ZstdStream Open(byte[] blob) => new(new BlobReader(new MemoryStream(blob), Digest.OfSha256(SHA256.HashData(blob)), blob.Length, null));

    private static byte[] Inflate(byte[] blob)
    {
        using var stream = Open(blob);
        using var inflated = new MemoryStream();
        stream.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] Stream(ReadOnlySpan<byte> content, int windowLog, int level)
    {
        using var blob = new MemoryStream();
        using (var stream = new CompressionStream(blob, level))
        {
            stream.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, windowLog);
            stream.SetParameter(ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            stream.Write(content);
        }

        return blob.ToArray();
    }

    private static byte[] Skippable(int length)
    {
        var frame = new byte[8 + length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, 0x184D2A57);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), length);
        return frame;
    }

    /// <summary>Bytes in which every distance of a repetition occurs, up to the whole length.</summary>
    private static byte[] Repetitive(int length)
    {
        var random = new Random(5);
        var content = new byte[length];
        for (var at = 0; at < length;)
        {
            var count = Math.Min(length - at, random.Next(1, 400));
            if (at == 0 || random.Next(3) == 0)
            {
                random.NextBytes(content.AsSpan(at, count));
            }
            else
            {
                var from = at - 1 - (int)(random.NextDouble() * random.NextDouble() * (at - 1));
                for (var i = 0; i < count; i++)
                {
                    content[at + i] = content[from + i];
                }
            }

            at += count;
        }

        return content;
    }
}

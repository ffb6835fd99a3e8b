using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using ZstdSharp;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>Unpacks the block that holds an advisory's long texts.</summary>
internal static class TextBlocks
{
    private const int Entry = 20;

    /// <summary>No block unpacks to more: texts are bounded when they are read from feeds.</summary>
    private const int LargestBlock = 1 << 20;

    /// <summary>The details and references of an advisory.</summary>
    public static (string Details, ImmutableArray<string> References) Read(ReadOnlySpan<byte> section, uint advisory)
    {
        if (section.Length < 4)
        {
            throw ByteReader.Damaged();
        }

        var count = BinaryPrimitives.ReadUInt32LittleEndian(section[^4..]);
        if (count > (section.Length - 4) / Entry)
        {
            throw ByteReader.Damaged();
        }

        var directory = section.Slice(section.Length - 4 - ((int)count * Entry), (int)count * Entry);
        var block = Unpack(section, Find(directory, (int)count, advisory, out var first));
        var reader = new ByteReader(block);
        for (var i = first; i < advisory; i++)
        {
            reader.Text();
        }

        return ReadTexts(new ByteReader(reader.Text()));
    }

    private static (string, ImmutableArray<string>) ReadTexts(ByteReader text)
    {
        var details = Encoding.UTF8.GetString(text.Text());
        var references = ImmutableArray.CreateBuilder<string>();
        for (var left = text.Varint(); left > 0; left--)
        {
            references.Add(Encoding.UTF8.GetString(text.Text()));
        }

        return (details, references.ToImmutable());
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> directory, int count, uint advisory, out uint first)
    {
        var (low, high) = (0, count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = BinaryPrimitives.ReadUInt32LittleEndian(directory[(middle * Entry)..]) <= advisory ? (middle, high) : (low, middle - 1);
        }

        if (count == 0)
        {
            throw ByteReader.Damaged();
        }

        var entry = directory.Slice(low * Entry, Entry);
        first = BinaryPrimitives.ReadUInt32LittleEndian(entry);
        return entry;
    }

    private static ReadOnlySpan<byte> Unpack(ReadOnlySpan<byte> section, ReadOnlySpan<byte> entry)
    {
        var offset = BinaryPrimitives.ReadUInt64LittleEndian(entry[4..]);
        var packed = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(entry[16..]);
        if (offset > (ulong)section.Length || packed > (ulong)section.Length - offset || length > LargestBlock)
        {
            throw ByteReader.Damaged();
        }

        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(section.Slice((int)offset, (int)packed), LargestBlock);
        }
        catch (ZstdException)
        {
            throw ByteReader.Damaged();
        }
    }
}

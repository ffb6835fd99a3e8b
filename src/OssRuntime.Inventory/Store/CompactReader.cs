using System.Collections.Immutable;
using System.Text;
using OssRuntime.Inventory.Paths;
using ZstdSharp;

namespace OssRuntime.Inventory.Store;

/// <summary>Reads what <see cref="CompactWriter"/> wrote. Anything else ends in an <see cref="InvalidDataException"/>.</summary>
internal sealed class CompactReader : IDisposable
{
    private const int Largest = 1 << 30;

    private readonly BinaryReader _reader;
    private readonly List<string> _texts = [];

    /// <summary>Opens a record.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of another format.</exception>
    public CompactReader(ReadOnlySpan<byte> compressed, int format)
    {
        try
        {
            using var decompressor = new Decompressor();
            var content = decompressor.Unwrap(compressed, Largest).ToArray();
            _reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("the record does not decompress", e);
        }

        if (Number() != format)
        {
            throw new InvalidDataException("the record is of another format");
        }
    }

    public int Number() => _reader.Read7BitEncodedInt();

    public long Long() => _reader.Read7BitEncodedInt64();

    /// <summary>A text that may be absent.</summary>
    public string? Text()
    {
        var place = Number();
        switch (place)
        {
            case 0:
                return null;
            case 1:
                var text = _reader.ReadString();
                _texts.Add(text);
                return text;
            default:
                return place - 2 < _texts.Count && place > 1 ? _texts[place - 2] : throw new InvalidDataException("a text refers to none");
        }
    }

    /// <summary>A text that is there.</summary>
    public string RequiredText() => Text() ?? throw new InvalidDataException("a text is missing");

    /// <summary>A list.</summary>
    public ImmutableArray<T> List<T>(Func<T> read)
    {
        var count = Number();
        if (count < 0 || count > _reader.BaseStream.Length - _reader.BaseStream.Position)
        {
            throw new InvalidDataException("a list is longer than the record");
        }

        var items = ImmutableArray.CreateBuilder<T>(count);
        for (var i = 0; i < count; i++)
        {
            items.Add(read());
        }

        return items.MoveToImmutable();
    }

    /// <summary>A list of paths.</summary>
    public PathList Paths()
    {
        var (count, length) = (Number(), Number());
        var content = length < 0 ? [] : _reader.ReadBytes(length);
        return content.Length == length ? PathList.Parse(count, content) : throw new InvalidDataException("a list of paths is longer than the record");
    }

    public void Dispose() => _reader.Dispose();
}

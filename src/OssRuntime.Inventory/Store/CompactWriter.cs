using System.Text;
using OssRuntime.Inventory.Paths;
using ZstdSharp;

namespace OssRuntime.Inventory.Store;

/// <summary>Writes records as variable-length numbers and texts, each distinct text once, compressed with zstd.</summary>
internal sealed class CompactWriter : IDisposable
{
    private const int CompressionLevel = 3;

    private readonly MemoryStream _content = new();
    private readonly BinaryWriter _writer;
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);

    public CompactWriter(int format)
    {
        _writer = new BinaryWriter(_content, Encoding.UTF8, leaveOpen: true);
        Number(format);
    }

    public void Number(int value) => _writer.Write7BitEncodedInt(value);

    public void Long(long value) => _writer.Write7BitEncodedInt64(value);

    /// <summary>A text that may be absent.</summary>
    public void Text(string? text)
    {
        if (text is null)
        {
            Number(0);
        }
        else if (_texts.TryGetValue(text, out var place))
        {
            Number(place);
        }
        else
        {
            _texts.Add(text, _texts.Count + 2);
            Number(1);
            _writer.Write(text);
        }
    }

    /// <summary>A list.</summary>
    public void List<T>(IReadOnlyCollection<T> items, Action<T> write)
    {
        Number(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }

    /// <summary>A list of paths.</summary>
    public void Paths(PathList paths)
    {
        Number(paths.Count);
        Number(paths.Content.Length);
        _writer.Write(paths.Content);
    }

    /// <summary>What was written, compressed.</summary>
    public byte[] Finish()
    {
        _writer.Flush();
        using var compressor = new Compressor(CompressionLevel);
        return compressor.Wrap(_content.GetBuffer().AsSpan(0, (int)_content.Length)).ToArray();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _content.Dispose();
    }
}

using System.Buffers;

namespace OssRuntime.Inventory.Layers;

/// <summary>Collects paths as a <see cref="PathList"/>.</summary>
internal sealed class PathListBuilder
{
    private readonly ArrayBufferWriter<byte> _content = new();
    private byte[] _last = [];
    private int _lastLength;

    public int Count { get; private set; }

    /// <summary>Takes a path in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> path)
    {
        var shared = path.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        Number(shared);
        Number(path.Length - shared);
        _content.Write(path[shared..]);
        if (_last.Length < path.Length)
        {
            Array.Resize(ref _last, path.Length * 2);
        }

        path[shared..].CopyTo(_last.AsSpan(shared));
        _lastLength = path.Length;
        Count++;
    }

    /// <summary>All that were taken, in the order in which they came.</summary>
    public PathList Build() => Count == 0 ? PathList.Empty : new PathList(Count, _content.WrittenSpan.ToArray());

    private void Number(int value)
    {
        var bytes = _content.GetSpan(5);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        _content.Advance(length);
    }
}

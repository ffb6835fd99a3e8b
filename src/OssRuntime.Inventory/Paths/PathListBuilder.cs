using System.Buffers;

namespace OssRuntime.Inventory.Paths;

/// <summary>Collects paths as a <see cref="PathList"/>.</summary>
internal sealed class PathListBuilder
{
    private const int LongestNumber = 5;

    private readonly ArrayBufferWriter<byte> _content = new();
    private byte[] _last = [];
    private int _lastLength;

    public int Count { get; private set; }

    /// <summary>Takes a path in UTF-8.</summary>
    public void Add(ReadOnlySpan<byte> path)
    {
        var shared = path.CommonPrefixLength(_last.AsSpan(0, _lastLength));
        var others = path[shared..];
        var room = _content.GetSpan((2 * LongestNumber) + others.Length);
        var length = Number(shared, room);
        length += Number(others.Length, room[length..]);
        others.CopyTo(room[length..]);
        _content.Advance(length + others.Length);
        if (_last.Length < path.Length)
        {
            Array.Resize(ref _last, path.Length * 2);
        }

        others.CopyTo(_last.AsSpan(shared));
        _lastLength = path.Length;
        Count++;
    }

    /// <summary>All that were taken, in the order in which they came.</summary>
    public PathList Build() => Count == 0 ? PathList.Empty : new PathList(Count, _content.WrittenSpan.ToArray());

    /// <summary>Is empty again, in the same memory.</summary>
    public void Clear()
    {
        _content.ResetWrittenCount();
        _lastLength = 0;
        Count = 0;
    }

    private static int Number(int value, Span<byte> bytes)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[length++] = (byte)(value | 0x80);
        }

        bytes[length++] = (byte)value;
        return length;
    }
}

using System.IO.Hashing;
using System.Text;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Gives each distinct string a number, in the order of first sight. A million ids cost about thirty megabytes.</summary>
internal sealed class Interner
{
    private byte[] _bytes = new byte[1 << 16];
    private int[] _ends = new int[1 << 10];
    private int[] _slots = new int[1 << 11];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>A string's bytes.</summary>
    public ReadOnlySpan<byte> this[int number] => Memory(number).Span;

    /// <summary>A string's bytes.</summary>
    public ReadOnlyMemory<byte> Memory(int number)
    {
        var start = number == 0 ? 0 : _ends[number - 1];
        return _bytes.AsMemory(start, _ends[number] - start);
    }

    /// <summary>A string.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(this[number]);

    /// <summary>The number of a string, new or known.</summary>
    public int Add(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        var buffer = most <= 1024 ? stackalloc byte[1024] : new byte[most];
        return Add(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    /// <summary>The number of a string, new or known.</summary>
    public int Add(ReadOnlySpan<byte> text)
    {
        var slot = Probe(text);
        if (_slots[slot] != 0)
        {
            return _slots[slot] - 1;
        }

        Append(text);
        _slots[slot] = Count;
        if (Count > _slots.Length / 2)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>The number of a string, or -1 where it is not known.</summary>
    public int Find(ReadOnlySpan<byte> text) => _slots[Probe(text)] - 1;

    private int Probe(ReadOnlySpan<byte> text)
    {
        var mask = _slots.Length - 1;
        var slot = (int)XxHash3.HashToUInt64(text) & mask;
        while (_slots[slot] != 0 && !this[_slots[slot] - 1].SequenceEqual(text))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        var start = Count == 0 ? 0 : _ends[Count - 1];
        if (start + text.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(start + text.Length, _bytes.Length + (_bytes.Length / 2)));
        }

        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, _ends.Length + (_ends.Length / 2));
        }

        text.CopyTo(_bytes.AsSpan(start));
        _ends[Count++] = start + text.Length;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            _slots[Probe(this[number])] = number + 1;
        }
    }
}

namespace OssRuntime.Advisories.Feeds.Archives.Bzip2;

/// <summary>The bits of a stream, highest first.</summary>
internal sealed class BitReader(Stream source)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _position;
    private int _length;
    private ulong _bits;
    private int _count;

    /// <summary>The next bits, at most 24, which stay where they are; zeros where the stream has no more.</summary>
    public uint Peek(int count)
    {
        while (_count < count)
        {
            var next = NextByte();
            if (next < 0)
            {
                return (uint)(_bits << (count - _count)) & ((1u << count) - 1);
            }

            _bits = (_bits << 8) | (uint)next;
            _count += 8;
        }

        return (uint)(_bits >> (_count - count)) & ((1u << count) - 1);
    }

    /// <summary>Passes over bits that were looked at.</summary>
    /// <exception cref="InvalidDataException">The stream ends before.</exception>
    public void Skip(int count)
    {
        if (_count < count)
        {
            throw new InvalidDataException("the data is cut");
        }

        _count -= count;
    }

    /// <summary>The next bits, at most 24.</summary>
    /// <exception cref="InvalidDataException">The stream ends before.</exception>
    public uint Read(int count)
    {
        var bits = Peek(count);
        Skip(count);
        return bits;
    }

    /// <summary>The next bit.</summary>
    public bool ReadBit() => Read(1) != 0;

    /// <summary>Thirty-two bits.</summary>
    public uint Read32() => (Read(16) << 16) | Read(16);

    /// <summary>The next whole byte, what is left of the one before passed over; -1 at the end.</summary>
    public int ReadByte()
    {
        _count -= _count % 8;
        return _count > 0 ? (int)Read(8) : NextByte();
    }

    private int NextByte()
    {
        if (_position == _length)
        {
            _length = source.Read(_buffer);
            _position = 0;
            if (_length == 0)
            {
                return -1;
            }
        }

        return _buffer[_position++];
    }
}

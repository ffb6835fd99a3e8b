namespace OssRuntime.Advisories.Feeds.Archives.Bzip2;

/// <summary>
/// Unpacks bzip2, which Oracle and SUSE publish in and .NET cannot read. Several packed streams may follow one another. Checksums are compared.
/// </summary>
internal sealed class Bzip2Stream(Stream source) : UnpackingStream(source)
{
    private const long BlockMark = 0x314159265359;
    private const long EndMark = 0x177245385090;

    private static readonly uint[] Table = MakeTable();

    private readonly BitReader _bits = new(source);
    private Bzip2Block? _block;
    private bool _isInStream;
    private bool _isInBlock;
    private bool _hasEnded;
    private uint _checksum;
    private int _last = -1;
    private int _equal;
    private int _repeat;

    /// <summary>The next bytes.</summary>
    /// <exception cref="InvalidDataException">The data is damaged or cut.</exception>
    public override int Read(Span<byte> buffer)
    {
        var written = 0;
        while (written < buffer.Length && Next() is >= 0 and var value)
        {
            buffer[written++] = (byte)value;
        }

        return written;
    }

    /// <summary>The next byte; after four equal ones stands how many more of them there are. -1 at the end.</summary>
    private int Next()
    {
        while (true)
        {
            if (_repeat > 0)
            {
                _repeat--;
                return Count(_last);
            }

            if (_block is not { Left: > 0 } && !Advance())
            {
                return -1;
            }

            var value = _block!.Next();
            if (_equal == 4)
            {
                (_equal, _repeat) = (0, value);
                continue;
            }

            _equal = value == _last ? _equal + 1 : 1;
            _last = value;
            return Count(value);
        }
    }

    private int Count(int value)
    {
        _checksum = (_checksum << 8) ^ Table[(_checksum >> 24) ^ (uint)value];
        return value;
    }

    /// <summary>Goes to the next block; false at the end of the last stream.</summary>
    private bool Advance()
    {
        if (_isInBlock && _checksum != ~_block!.Checksum)
        {
            throw new InvalidDataException("a checksum is wrong");
        }

        _isInBlock = false;
        while (!_hasEnded)
        {
            if (!_isInStream && !BeginStream())
            {
                break;
            }

            var mark = ((long)_bits.Read(24) << 24) | _bits.Read(24);
            if (mark == BlockMark)
            {
                _block!.Read();
                (_isInBlock, _checksum, _last, _equal) = (true, uint.MaxValue, -1, 0);
                return true;
            }

            if (mark != EndMark)
            {
                throw new InvalidDataException("the data is damaged");
            }

            _bits.Read32();
            _isInStream = false;
        }

        return false;
    }

    /// <summary>Reads a stream's head; false where no other stream follows.</summary>
    private bool BeginStream()
    {
        var first = _bits.ReadByte();
        if (first < 0 && _block is not null)
        {
            _hasEnded = true;
            return false;
        }

        if (first != 'B' || _bits.ReadByte() != 'Z' || _bits.ReadByte() != 'h' || _bits.ReadByte() is not (>= '1' and <= '9' and var level))
        {
            throw new InvalidDataException("the data is not packed by bzip2");
        }

        // Memory of its own for every stream would let a file of empty ones ask for much.
        _block = _block?.Level == level - '0' ? _block : new Bzip2Block(_bits, level - '0');
        _isInStream = true;
        return true;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = (uint)i << 24;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 0x80000000) != 0 ? (value << 1) ^ 0x04C11DB7 : value << 1;
            }

            table[i] = value;
        }

        return table;
    }
}

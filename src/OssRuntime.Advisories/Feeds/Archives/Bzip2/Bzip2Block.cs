namespace OssRuntime.Advisories.Feeds.Archives.Bzip2;

/// <summary>Decodes blocks: Huffman codes, move-to-front, runs of zeros, and the Burrows-Wheeler transform. What is left are runs of equal bytes.</summary>
internal sealed class Bzip2Block(BitReader bits, int level)
{
    private const int UnitBytes = 100_000;
    private const int SymbolsPerSelector = 50;

    private readonly uint[] _links = new uint[level * UnitBytes];
    private readonly byte[] _values = new byte[256];
    private Huffman[] _codes = [];
    private byte[] _selectors = [];
    private uint _at;

    /// <summary>How large a block may be, in hundred thousand bytes.</summary>
    public int Level => level;

    /// <summary>The checksum that the block's bytes must have.</summary>
    public uint Checksum { get; private set; }

    /// <summary>Bytes of the block that are still to be given.</summary>
    public int Left { get; private set; }

    /// <summary>Reads a block, after its mark.</summary>
    /// <exception cref="InvalidDataException">It is damaged or cut.</exception>
    public void Read()
    {
        Checksum = bits.Read32();
        if (bits.ReadBit())
        {
            throw new InvalidDataException("a randomised block, which no writer has made since 1998");
        }

        var origin = (int)bits.Read(24);
        var symbols = ReadSymbols();
        ReadCodes(symbols + 2);
        var length = ReadContent(symbols + 1);
        if (origin >= length)
        {
            throw Damaged();
        }

        Link(length);
        Left = length;
        _at = _links[origin] >> 8;
    }

    /// <summary>The next byte of the block.</summary>
    public byte Next()
    {
        var entry = _links[_at];
        _at = entry >> 8;
        Left--;
        return (byte)entry;
    }

    private static InvalidDataException Damaged() => new("the data is damaged");

    /// <summary>Which bytes occur: sixteen bits for groups of sixteen, then sixteen for each group that has any.</summary>
    private int ReadSymbols()
    {
        var groups = bits.Read(16);
        var count = 0;
        for (var group = 0; group < 16; group++)
        {
            var members = (groups & (0x8000u >> group)) != 0 ? bits.Read(16) : 0;
            for (var member = 0; member < 16; member++)
            {
                if ((members & (0x8000u >> member)) != 0)
                {
                    _values[count++] = (byte)((group * 16) + member);
                }
            }
        }

        return count > 0 ? count : throw Damaged();
    }

    private void ReadCodes(int symbols)
    {
        var codes = (int)bits.Read(3);
        var selectors = (int)bits.Read(15);
        if (codes is < 2 or > 6 || selectors == 0)
        {
            throw Damaged();
        }

        ReadSelectors(codes, selectors);
        _codes = new Huffman[codes];
        Span<byte> lengths = stackalloc byte[258];
        for (var code = 0; code < codes; code++)
        {
            var length = (int)bits.Read(5);
            for (var symbol = 0; symbol < symbols; symbol++)
            {
                while (bits.ReadBit())
                {
                    length += bits.ReadBit() ? -1 : 1;
                    if (length is < 1 or > 20)
                    {
                        throw Damaged();
                    }
                }

                lengths[symbol] = length is >= 1 and <= 20 ? (byte)length : throw Damaged();
            }

            _codes[code] = new Huffman(lengths[..symbols]);
        }
    }

    /// <summary>Which code each fifty symbols are in, moved to front.</summary>
    private void ReadSelectors(int codes, int count)
    {
        Span<byte> order = [0, 1, 2, 3, 4, 5];
        _selectors = new byte[count];
        for (var i = 0; i < count; i++)
        {
            var place = 0;
            while (bits.ReadBit())
            {
                if (++place >= codes)
                {
                    throw Damaged();
                }
            }

            _selectors[i] = MoveToFront(order, place);
        }
    }

    /// <summary>The transformed bytes, each in the low byte of a link.</summary>
    private int ReadContent(int end)
    {
        var order = _values;
        var (length, selector, left) = (0, 0, 0);
        Huffman? code = null;
        var (run, weight) = (0, 1);
        while (true)
        {
            if (left == 0)
            {
                code = _codes[_selectors[selector < _selectors.Length ? selector++ : throw Damaged()]];
                left = SymbolsPerSelector;
            }

            left--;
            var symbol = code!.Read(bits);
            if (symbol <= 1)
            {
                run += weight << symbol;
                weight <<= 1;
                if (run > _links.Length)
                {
                    throw Damaged();
                }

                continue;
            }

            if (run > 0)
            {
                length = Put(order[0], length, run);
                (run, weight) = (0, 1);
            }

            if (symbol == end)
            {
                return length;
            }

            length = Put(MoveToFront(order, symbol - 1), length, 1);
        }
    }

    private int Put(byte value, int length, int count)
    {
        if (count > _links.Length - length)
        {
            throw Damaged();
        }

        _links.AsSpan(length, count).Fill(value);
        return length + count;
    }

    private static byte MoveToFront(Span<byte> order, int place)
    {
        var value = order[place];
        order[..place].CopyTo(order[1..]);
        order[0] = value;
        return value;
    }

    /// <summary>Links each byte to the one that follows it in the text: the n-th of a value stands for the n-th of it in sorted order.</summary>
    private void Link(int length)
    {
        Span<int> starts = stackalloc int[257];
        starts.Clear();
        for (var i = 0; i < length; i++)
        {
            starts[(byte)_links[i] + 1]++;
        }

        for (var value = 0; value < 256; value++)
        {
            starts[value + 1] += starts[value];
        }

        for (var i = 0; i < length; i++)
        {
            _links[starts[(byte)_links[i]]++] |= (uint)i << 8;
        }
    }
}

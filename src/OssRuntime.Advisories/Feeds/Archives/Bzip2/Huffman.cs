namespace OssRuntime.Advisories.Feeds.Archives.Bzip2;

/// <summary>One code: from lengths to symbols, as canonical codes are read. Short ones stand in a table.</summary>
internal sealed class Huffman
{
    private const int Longest = 20;
    private const int Short = 10;

    private readonly int[] _limits = new int[Longest + 1];
    private readonly int[] _offsets = new int[Longest + 1];
    private readonly ushort[] _table = new ushort[1 << Short];
    private readonly ushort[] _symbols;

    /// <summary>The code in which each symbol has a length.</summary>
    /// <exception cref="InvalidDataException">There is no such code.</exception>
    public Huffman(ReadOnlySpan<byte> lengths)
    {
        _symbols = new ushort[lengths.Length];
        var (number, code) = (0, 0);
        for (var length = 1; length <= Longest; length++)
        {
            _offsets[length] = number - code;
            for (var symbol = 0; symbol < lengths.Length; symbol++)
            {
                if (lengths[symbol] == length)
                {
                    Enter(code++, length, symbol);
                    _symbols[number++] = (ushort)symbol;
                }
            }

            _limits[length] = code;
            code <<= 1;
        }
    }

    /// <summary>The next symbol.</summary>
    /// <exception cref="InvalidDataException">The bits are no symbol's, or cut.</exception>
    public int Read(BitReader bits)
    {
        var ahead = bits.Peek(Longest);
        if (_table[ahead >> (Longest - Short)] is > 0 and var entry)
        {
            bits.Skip(entry & 0xF);
            return entry >> 4;
        }

        for (var length = Short + 1; length <= Longest; length++)
        {
            var code = (int)(ahead >> (Longest - length));
            if (code < _limits[length] && code + _offsets[length] is >= 0 and var at && at < _symbols.Length)
            {
                bits.Skip(length);
                return _symbols[at];
            }
        }

        throw new InvalidDataException("the data is damaged");
    }

    private void Enter(int code, int length, int symbol)
    {
        if (code >= 1 << length)
        {
            throw new InvalidDataException("the data is damaged");
        }

        if (length <= Short)
        {
            _table.AsSpan(code << (Short - length), 1 << (Short - length)).Fill((ushort)((symbol << 4) | length));
        }
    }
}

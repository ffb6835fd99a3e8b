namespace OssRuntime.Model.Versions.Maven;

/// <summary>
/// Takes a Maven version apart (Maven 3.9, ComparableVersion). A list begins at a hyphen and where digits and letters meet; since nothing follows a list
/// in the one around it, the pieces lie in a row with a mark where each list begins.
/// </summary>
internal ref struct MavenParser
{
    private readonly ReadOnlySpan<char> _version;
    private readonly Span<MavenToken> _tokens;
    private int _count;

    /// <summary>True once the current list has a piece.</summary>
    private bool _hasPiece;

    private MavenParser(ReadOnlySpan<char> version, Span<MavenToken> tokens)
    {
        _version = version;
        _tokens = tokens;
    }

    /// <summary>How many pieces a version of this length has at most.</summary>
    internal static int MostTokens(int length) => (2 * length) + 2;

    /// <summary>Takes a version apart; the pieces that remain after normalization.</summary>
    internal static ReadOnlySpan<MavenToken> Parse(ReadOnlySpan<char> version, Span<MavenToken> tokens)
    {
        var parser = new MavenParser(version, tokens);
        parser.Parse();
        return Normalize(version, tokens, parser._count);
    }

    /// <summary>
    /// Drops zeros at the end of a list, and before a qualifier; from the back, since a list that has become empty is dropped too.
    /// </summary>
    private static ReadOnlySpan<MavenToken> Normalize(ReadOnlySpan<char> version, Span<MavenToken> tokens, int count)
    {
        var first = count;
        for (var i = count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            var isNull = token.Kind == MavenTokenKind.List
                ? first == count
                : token.Kind == MavenTokenKind.Number && token.Number(version).TrimStart('0').IsEmpty
                    && (first == count || IsBeforeQualifier(tokens[first..count]));
            if (!isNull)
            {
                tokens[--first] = token;
            }
        }

        return tokens[first..count];
    }

    private static bool IsBeforeQualifier(ReadOnlySpan<MavenToken> rest) => rest[0].Kind switch
    {
        MavenTokenKind.Qualifier => true,
        MavenTokenKind.List => rest[1].Kind is MavenTokenKind.Qualifier or MavenTokenKind.NumberedQualifier,
        _ => false,
    };

    private void Parse()
    {
        var start = 0;
        var isDigit = false;
        var isNumbered = false;
        for (var i = 0; i < _version.Length; i++)
        {
            var c = _version[i];
            if (c is '.' or '-')
            {
                if (c == '-' && i > start && !isDigit && i + 1 < _version.Length && char.IsAsciiDigit(_version[i + 1]))
                {
                    // X-1 is X1.
                    isNumbered = true;
                    continue;
                }

                Add(start, i, isDigit, isNumbered);
                start = i + 1;
                isNumbered = false;
                if (c == '-')
                {
                    BeginList();
                }
            }
            else if (char.IsAsciiDigit(c))
            {
                if (!isDigit && i > start)
                {
                    isNumbered = true;
                    BeginList();
                }

                isDigit = true;
            }
            else
            {
                if (isDigit && i > start)
                {
                    Add(start, i, isDigit, isNumbered);
                    start = i;
                    isNumbered = false;
                    BeginList();
                }

                isDigit = false;
            }
        }

        if (start < _version.Length)
        {
            if (!isDigit)
            {
                // A qualifier at the end is one after a hyphen, whatever stands before it.
                BeginList();
            }

            Add(start, _version.Length, isDigit, isNumbered);
        }
    }

    private void BeginList()
    {
        if (_hasPiece)
        {
            _tokens[_count++] = MavenToken.List;
            _hasPiece = false;
        }
    }

    private void Add(int start, int end, bool isDigit, bool isNumbered)
    {
        _tokens[_count++] = isNumbered ? NumberedQualifier(start, end)
            : isDigit || start == end ? MavenToken.OfNumber(start, end)
            : MavenToken.OfQualifier(start, end);
        _hasPiece = true;
    }

    private readonly MavenToken NumberedQualifier(int start, int end)
    {
        var number = end;
        while (number > start && char.IsAsciiDigit(_version[number - 1]))
        {
            number--;
        }

        var qualifierEnd = number > start && _version[number - 1] == '-' ? number - 1 : number;
        return new MavenToken(MavenTokenKind.NumberedQualifier, (short)start, (short)qualifierEnd, (short)number, (short)end);
    }
}

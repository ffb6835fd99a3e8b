namespace OssRuntime.Model.Versions.Maven;

/// <summary>
/// Takes a Maven version apart (Maven 3.8, ComparableVersion). A list begins at a hyphen and where digits and letters meet; since nothing follows a list
/// in the one around it, the pieces lie in a row with a mark where each list begins.
/// </summary>
internal ref struct MavenParser
{
    private readonly ReadOnlySpan<char> _version;
    private readonly Span<MavenToken> _tokens;
    private int _count;

    private MavenParser(ReadOnlySpan<char> version, Span<MavenToken> tokens)
    {
        _version = version;
        _tokens = tokens;
    }

    /// <summary>True once the current list has a piece.</summary>
    private readonly bool HasPiece => _count > 0 && _tokens[_count - 1].Kind != MavenTokenKind.List;

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
    /// Drops what means nothing at the end of each list, also where another list follows; from the back, since a list that has become empty is dropped too.
    /// </summary>
    private static ReadOnlySpan<MavenToken> Normalize(ReadOnlySpan<char> version, Span<MavenToken> tokens, int count)
    {
        var first = count;
        var isEnd = true;
        for (var i = count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            var isList = token.Kind == MavenTokenKind.List;
            if (isList ? first == count : isEnd && token.IsNull(version))
            {
                continue;
            }

            tokens[--first] = token;
            isEnd = isList;
        }

        return tokens[first..count];
    }

    private void Parse()
    {
        var start = 0;
        var isDigit = false;
        for (var i = 0; i < _version.Length; i++)
        {
            var c = _version[i];
            if (c is '.' or '-')
            {
                Add(start, i, isDigit);
                start = i + 1;
                if (c == '-')
                {
                    BeginList();
                }
            }
            else if (char.IsAsciiDigit(c))
            {
                if (!isDigit && i > start)
                {
                    BeginList();
                    _tokens[_count++] = new MavenToken(MavenTokenKind.QualifierBeforeDigit, (short)start, (short)i);
                    start = i;
                    BeginList();
                }

                isDigit = true;
            }
            else
            {
                if (isDigit && i > start)
                {
                    Add(start, i, isDigit: true);
                    start = i;
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

            Add(start, _version.Length, isDigit);
        }
    }

    private void BeginList()
    {
        if (HasPiece)
        {
            _tokens[_count++] = MavenToken.List;
        }
    }

    /// <summary>Adds a piece; nothing between two separators is a zero.</summary>
    private void Add(int start, int end, bool isDigit) =>
        _tokens[_count++] = new MavenToken(isDigit || start == end ? MavenTokenKind.Number : MavenTokenKind.Qualifier, (short)start, (short)end);
}

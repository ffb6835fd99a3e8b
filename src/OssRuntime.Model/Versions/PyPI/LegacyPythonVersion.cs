namespace OssRuntime.Model.Versions.PyPI;

/// <summary>
/// Versions from before PEP 440 by the order that setuptools had for them (its documentation, "Specifying your project's version"): runs of digits, of letters,
/// and what is between them. Words before "final" make a version older (pre, preview and rc are "c", dev comes first), words behind it newer, a hyphen
/// begins a patch, and zeros at the end do not count.
/// </summary>
internal ref struct LegacyPythonVersion
{
    private const int Digits = 8;
    private const int LongestPart = 8;
    private const char End = '\0';
    private const string Final = "*final";
    private const string Patch = "*final-";
    private const string Zero = "00000000";

    private readonly Span<char> _space;
    private int _length;

    private LegacyPythonVersion(ReadOnlySpan<char> text, Span<char> space)
    {
        _space = space;
        while (!text.IsEmpty)
        {
            Add(Take(ref text));
        }

        AddWord(Final);
    }

    /// <summary>Compares part by part as text; fewer parts before more.</summary>
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > VersionLimits.LongestVersion || right.Length > VersionLimits.LongestVersion)
        {
            return left.SequenceCompareTo(right);
        }

        var a = new LegacyPythonVersion(left, stackalloc char[Most(left)]);
        var b = new LegacyPythonVersion(right, stackalloc char[Most(right)]);
        return a._space[..a._length].SequenceCompareTo(b._space[..b._length]);
    }

    /// <summary>Every part may be one character that becomes eight, and the character that ends it.</summary>
    private static int Most(ReadOnlySpan<char> text) => (text.Length + 1) * (LongestPart + 1);

    private void Add(ReadOnlySpan<char> part)
    {
        if (char.IsAsciiDigit(part[0]))
        {
            Append(Zero.AsSpan(0, Math.Max(0, Digits - part.Length)));
            Append(part);
            EndPart();
        }
        else if (part is not ".")
        {
            AddWord(part is "-" ? Patch : Is(part, "pre") || Is(part, "preview") || Is(part, "rc") ? "*c" : Is(part, "dev") ? "*@" : part);
        }
    }

    private void AddWord(ReadOnlySpan<char> word)
    {
        while (IsBeforeFinal(word) && EndsWith(Patch))
        {
            _length -= Patch.Length + 1;
        }

        while (EndsWith(Zero))
        {
            _length -= Zero.Length + 1;
        }

        if (word[0] != '*' || word.Length == 1)
        {
            Append("*");
        }

        foreach (var c in word)
        {
            _space[_length++] = char.ToLowerInvariant(c);
        }

        EndPart();
    }

    private readonly bool EndsWith(string part) =>
        _length > part.Length && _space[_length - 1] == End && _space[..(_length - 1)].EndsWith(part)
        && (_length == part.Length + 1 || _space[_length - part.Length - 2] == End);

    private void Append(ReadOnlySpan<char> text)
    {
        text.CopyTo(_space[_length..]);
        _length += text.Length;
    }

    private void EndPart() => _space[_length++] = End;

    private static bool IsBeforeFinal(ReadOnlySpan<char> word) => word.TrimStart('*').CompareTo(Final.AsSpan(1), StringComparison.OrdinalIgnoreCase) < 0;

    private static bool Is(ReadOnlySpan<char> part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a number, a word, a dot, a hyphen, or what is none of these.</summary>
    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text)
    {
        var kind = Kind(text[0]);
        var length = 1;
        while (kind != '.' && length < text.Length && Kind(text[length]) == kind)
        {
            length++;
        }

        var part = text[..length];
        text = text[length..];
        return part;
    }

    private static char Kind(char c) => char.IsAsciiDigit(c) ? '0' : char.IsAsciiLetter(c) ? 'a' : c is '.' or '-' ? '.' : ' ';
}

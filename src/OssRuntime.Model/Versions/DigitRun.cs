namespace OssRuntime.Model.Versions;

/// <summary>Numbers of any length, compared as they are written.</summary>
internal static class DigitRun
{
    /// <summary>How many ASCII digits the text begins with.</summary>
    internal static int Length(ReadOnlySpan<char> text)
    {
        // A plain loop: runs are short, and the library's search by range allocates before it is optimized.
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length;
    }

    /// <summary>Compares two numbers; leading zeros do not count, and an empty number is zero.</summary>
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    /// <summary>Takes the digits that the text begins with off it.</summary>
    internal static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text)
    {
        var length = Length(text);
        var digits = text[..length];
        text = text[length..];
        return digits;
    }

    /// <summary>True where the text is digits and nothing else, at least one.</summary>
    internal static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && Length(text) == text.Length;
}

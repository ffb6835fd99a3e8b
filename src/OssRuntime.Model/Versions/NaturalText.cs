namespace OssRuntime.Model.Versions;

/// <summary>Text in which runs of digits count as numbers; a number comes before other text.</summary>
internal static class NaturalText
{
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = DigitRun.Take(ref left);
            var b = DigitRun.Take(ref right);
            if (!a.IsEmpty || !b.IsEmpty)
            {
                var result = a.IsEmpty || b.IsEmpty ? a.IsEmpty.CompareTo(b.IsEmpty) : DigitRun.Compare(a, b);
                if (result != 0)
                {
                    return result;
                }
            }
            else
            {
                if (left[0] != right[0])
                {
                    return left[0] - right[0];
                }

                left = left[1..];
                right = right[1..];
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}

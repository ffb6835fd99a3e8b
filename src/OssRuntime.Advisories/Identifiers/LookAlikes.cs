using System.Text;

namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// When a name looks like another: it differs in separators and scopes alone (<c>crossenv</c>, <c>cross-env</c>), in characters that look alike
/// (<c>dlscordjs</c>, <c>discord.js</c>), or in one character left out, added, changed, or swapped with its neighbour (<c>reqeusts</c>). Names that are
/// alike share a key, so that a lookup takes a few dozen of them and not a comparison with every name.
/// </summary>
internal static class LookAlikes
{
    /// <summary>The names that others may imitate: the most popular.</summary>
    public const int Targets = 5000;

    /// <summary>Of these, shorter names count too.</summary>
    private const int ShortTargets = 1000;
    private const int ShortName = 5;
    private const int Name = 7;
    private const int Skeleton = 6;

    /// <summary>The keys of a name: two names that may look alike have one in common.</summary>
    public static IEnumerable<string> Keys(string name)
    {
        yield return "s" + SkeletonOf(name);
        yield return "h" + LookOf(name);
        yield return "d" + name;
        for (var i = 0; i < name.Length; i++)
        {
            yield return string.Concat("d", name.AsSpan(0, i), name.AsSpan(i + 1));
        }
    }

    /// <summary>How a name looks like a popular one of this rank, in words; null where it does not.</summary>
    public static string? Compare(string name, string popular, int rank)
    {
        if (name == popular)
        {
            return null;
        }

        var skeleton = SkeletonOf(popular);
        if (skeleton.Length >= Skeleton && SkeletonOf(name) == skeleton)
        {
            return "differs in separators or scope alone";
        }

        if (skeleton.Length >= Skeleton && LookOf(name) == LookOf(popular))
        {
            return "differs in characters that look alike";
        }

        var least = rank < ShortTargets ? ShortName : Name;
        return popular.Length >= least && IsOneEdit(name, popular) && !DifferInDigits(name, popular) ? "differs in one character" : null;
    }

    private static string SkeletonOf(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c is not ('@' or '/' or '.' or '_' or '-'))
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>The name with all characters that look alike as one: 0 and o; 1, i and l; 5 and s; rn and m; vv and w.</summary>
    private static string LookOf(string name) =>
        SkeletonOf(name).Replace("rn", "m", StringComparison.Ordinal).Replace("vv", "w", StringComparison.Ordinal)
            .Replace('0', 'o').Replace('1', 'l').Replace('i', 'l').Replace('5', 's');

    /// <summary>Releases of one thing are numbered: <c>boto2</c> does not imitate <c>boto3</c>.</summary>
    private static bool DifferInDigits(string left, string right) =>
        left.Where(c => !char.IsAsciiDigit(c)).SequenceEqual(right.Where(c => !char.IsAsciiDigit(c)));

    private static bool IsOneEdit(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length < right.Length)
        {
            var longer = right;
            right = left;
            left = longer;
        }

        var same = left.CommonPrefixLength(right);
        return (left.Length - right.Length) switch
        {
            0 => left[(same + 1)..].SequenceEqual(right[(same + 1)..])
                || (same + 1 < left.Length && left[same] == right[same + 1] && left[same + 1] == right[same] && left[(same + 2)..].SequenceEqual(right[(same + 2)..])),
            1 => left[(same + 1)..].SequenceEqual(right[same..]),
            _ => false,
        };
    }
}

namespace OssRuntime.Inventory.Sboms.Trust;

/// <summary>
/// Whom a certificate may be made out to. <c>*</c> stands for any text within one part: it crosses neither <c>@</c> nor <c>/</c>, or <c>*@example.com</c> would be anybody who may choose a
/// name such as <c>x@evil.example/@example.com</c>. All other characters stand for themselves, case and all.
/// </summary>
internal static class IdentityPattern
{
    /// <summary>True where the pattern stands for the identity.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> identity)
    {
        // Where the last star stood, and what it has taken so far: one step back is enough, since a later star can take whatever an earlier one could leave it.
        var (star, taken) = (-1, 0);
        var (at, read) = (0, 0);
        while (read < identity.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                (star, taken) = (at++, read);
            }
            else if (at < pattern.Length && pattern[at] == identity[read])
            {
                at++;
                read++;
            }
            else if (star >= 0 && identity[taken] is not ('@' or '/'))
            {
                (at, read) = (star + 1, ++taken);
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].Trim('*').IsEmpty;
    }
}

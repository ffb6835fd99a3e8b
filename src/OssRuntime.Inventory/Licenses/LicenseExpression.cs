using System.Text;

namespace OssRuntime.Inventory.Licenses;

/// <summary>SPDX licence expressions (SPDX specification 2.3, annex D): identifiers of the list, <c>LicenseRef-</c>, AND, OR, WITH, brackets.</summary>
internal static class LicenseExpression
{
    private const int Longest = 1024;

    /// <summary>The expression with identifiers and operators as the specification writes them; null for a text that is not an expression.</summary>
    public static string? Normalize(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var result = new StringBuilder(text.Length);
        var open = 0;
        var expected = Expected.License;
        foreach (var token in Tokens(text))
        {
            var word = token;
            switch (token)
            {
                case "(" when expected == Expected.License:
                    open++;
                    break;
                case ")" when open > 0 && expected is (Expected.Operator or Expected.OperatorOrWith):
                    open--;
                    expected = Expected.Operator;
                    break;
                case "(" or ")":
                    return null;
                default:
                    if (Step(ref word, ref expected) is false)
                    {
                        return null;
                    }

                    break;
            }

            result.Append(word is ")" || result.Length == 0 || result[^1] == '(' ? "" : " ").Append(word);
        }

        return open == 0 && expected is (Expected.Operator or Expected.OperatorOrWith) ? result.ToString() : null;
    }

    /// <summary>True for one identifier of the list, without anything around it.</summary>
    public static bool IsListed(string expression) => SpdxLicenses.Find(expression) == expression;

    private static bool Step(ref string word, ref Expected expected)
    {
        switch (expected)
        {
            case Expected.License:
                expected = Expected.OperatorOrWith;
                return License(ref word);
            case Expected.Exception:
                expected = Expected.Operator;
                return SpdxExceptions.Normalize(ref word);
            default:
                word = word.ToUpperInvariant();
                var isWith = word == "WITH";
                var isAllowed = word is "AND" or "OR" || (isWith && expected == Expected.OperatorOrWith);
                expected = isWith ? Expected.Exception : Expected.License;
                return isAllowed;
        }
    }

    private static bool License(ref string word)
    {
        var reference = word.IndexOf("LicenseRef-", StringComparison.Ordinal);
        if (reference == 0 || (reference > 0 && word.StartsWith("DocumentRef-", StringComparison.Ordinal) && word[reference - 1] == ':'))
        {
            return IsIdentifier(word.Replace(":", "", StringComparison.Ordinal)) && word.Length > reference + "LicenseRef-".Length;
        }

        var isOrLater = word.EndsWith('+');
        if (SpdxLicenses.Find(word) is { } whole)
        {
            word = whole;
            return true;
        }

        var id = SpdxLicenses.Find(isOrLater ? word[..^1] : word);
        word = isOrLater ? $"{id}+" : id ?? word;
        return id is not null;
    }

    private static bool IsIdentifier(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.');

    private static IEnumerable<string> Tokens(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] is not (' ' or '\t' or '(' or ')'))
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i];
            }

            if (i < text.Length && text[i] is ('(' or ')'))
            {
                yield return text[i].ToString();
            }

            start = i + 1;
        }
    }

    private enum Expected
    {
        License,
        OperatorOrWith,
        Operator,
        Exception,
    }
}

using System.Collections.Immutable;
using OssRuntime.Policy.Licenses;

namespace OssRuntime.Policy.Rules;

/// <summary>
/// Holds what packages declare against a rule's licences. Every declaration of a package applies; within one, an OR leaves the choice. Whoever declares
/// nothing breaks no rule on licences.
/// </summary>
internal static class LicenseRule
{
    /// <summary>Why the declarations break the rule, to be read after the package's name; null where they do not.</summary>
    public static string? WhyNot(RiskRule rule, ImmutableArray<string> declared)
    {
        if (declared.IsDefaultOrEmpty || (rule.Licenses.IsEmpty && rule.AllowedLicenses.IsEmpty))
        {
            return null;
        }

        foreach (var text in declared)
        {
            var expression = LicenseExpression.Read(text);
            if (!rule.Licenses.IsEmpty && !expression.CanDo(license => !rule.Licenses.Any(pattern => Covers(pattern, license))))
            {
                return $"is under {text}";
            }

            if (!rule.AllowedLicenses.IsEmpty && !expression.CanDo(license => rule.AllowedLicenses.Any(pattern => Covers(pattern, license))))
            {
                return $"is under {text}, which is not among the allowed licences";
            }
        }

        return null;
    }

    /// <summary>
    /// True where a pattern covers a licence. An exception (<c>WITH</c>) changes what a licence asks for: only a pattern that names one covers it.
    /// </summary>
    private static bool Covers(string pattern, LicenseExpression.License license)
    {
        var with = pattern.IndexOf(" WITH ", StringComparison.OrdinalIgnoreCase);
        if (with < 0 != license.Exception is null)
        {
            return false;
        }

        var name = with < 0 ? pattern : pattern[..with];
        return IsLike(LicenseName.Canonical(name.Trim()), license.Name) && (with < 0 || IsLike(pattern[(with + 6)..].Trim(), license.Exception!));
    }

    private static bool IsLike(string pattern, string text) => NamePattern.Covers(pattern.ToUpperInvariant(), text.ToUpperInvariant());
}

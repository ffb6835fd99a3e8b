using System.Security.Cryptography;
using System.Text;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Licenses;

/// <summary>The licences of a component as the one expression that SPDX has room for; what is on no list gets a <c>LicenseRef-</c>.</summary>
/// <param name="Expression">The expression; null where nothing is declared.</param>
/// <param name="IsWhole">True where reading the expression gives the same licences again.</param>
/// <param name="Names">The references that it uses, with the licences' names.</param>
internal sealed record DeclaredLicense(string? Expression, bool IsWhole, IReadOnlyList<(string Reference, string Name)> Names)
{
    private const string Reference = "LicenseRef-";
    private static readonly DeclaredLicense None = new(null, true, []);

    public static DeclaredLicense Of(Component component)
    {
        if (component.Licenses.IsEmpty)
        {
            return None;
        }

        var names = new List<(string, string)>();
        var parts = new List<string>();
        foreach (var license in component.Licenses)
        {
            var expression = LicenseExpression.Normalize(license);
            if (expression is null)
            {
                expression = ReferenceOf(license);
                names.Add((expression, license));
            }

            // What an expression refers to by itself has to be told as well.
            foreach (var reference in expression.Split(' ', '(', ')').Where(word => word.StartsWith(Reference, StringComparison.Ordinal) && names.TrueForAll(name => name.Item1 != word)))
            {
                names.Add((reference, reference[Reference.Length..]));
            }

            parts.Add(expression);
        }

        var isWhole = parts.Count == 1 && (parts[0] == component.Licenses[0] || (names is [var only] && only.Item2 == component.Licenses[0]));
        var all = parts.Count == 1 ? parts[0] : string.Join(" AND ", parts.Select(part => part.Contains(' ', StringComparison.Ordinal) ? $"({part})" : part));
        return new DeclaredLicense(all, isWhole, names);
    }

    private static string ReferenceOf(string name) =>
        $"LicenseRef-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 8))}";
}

using System.Collections.Immutable;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Policy.Rules;

/// <summary>
/// Packages by purl and version: <c>pkg:npm/lodash</c>, <c>pkg:npm/lodash@4.17.15</c>, <c>pkg:npm/lodash &gt;=4.0.0 &lt;4.17.21</c>, <c>pkg:maven/com.acme/*</c>.
/// Versions are compared in the order of their ecosystem.
/// </summary>
public sealed class PackagePattern
{
    private const int LongestText = 1024;
    private static readonly string[] Comparators = [">=", "<=", "!=", ">", "<", "="];

    private readonly string _name;
    private readonly string _type;
    private readonly string? _version;
    private readonly ImmutableArray<(string Comparator, string Version)> _range;

    private PackagePattern(string text, string name, string type, string? version, ImmutableArray<(string, string)> range) =>
        (Text, _name, _type, _version, _range) = (text, name, type, version, range);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern; false, with the reason, where the text is none.</summary>
    public static bool TryParse(string? text, out PackagePattern? pattern, out string? error)
    {
        pattern = null;
        var parts = (text ?? "").Split((char[])[' ', ','], StringSplitOptions.RemoveEmptyEntries);
        if (text is null || text.Length > LongestText || parts.Length == 0 || !parts[0].StartsWith("pkg:", StringComparison.Ordinal) || !parts[0].Contains('/', StringComparison.Ordinal))
        {
            error = "must be a package URL such as pkg:npm/lodash or pkg:npm/lodash <4.17.21";
            return false;
        }

        // The star is no purl, so that only the version is taken off here.
        var at = parts[0].LastIndexOf('@');
        var slash = parts[0].LastIndexOf('/');
        var name = at > slash ? parts[0][..at] : parts[0];
        var version = at > slash ? Uri.UnescapeDataString(parts[0][(at + 1)..]) : null;
        var type = name[4..name.IndexOf('/', StringComparison.Ordinal)].ToLowerInvariant();
        var range = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var part in parts.Skip(1))
        {
            var comparator = Array.Find(Comparators, candidate => part.StartsWith(candidate, StringComparison.Ordinal));
            if (comparator is null || part.Length == comparator.Length)
            {
                error = $"'{part}' is not a comparison such as <4.17.21";
                return false;
            }

            range.Add((comparator, part[comparator.Length..]));
        }

        if (version is not null && range.Count > 0)
        {
            error = "must have a version or comparisons, not both";
            return false;
        }

        pattern = new PackagePattern(text, Uri.UnescapeDataString(name[4..]), type, version, range.DrainToImmutable());
        error = null;
        return true;
    }

    /// <summary>True where it covers the package at its version; one whose version cannot be compared it is not known to cover.</summary>
    public bool Covers(PackageUrl purl) => Judge(purl) == true;

    /// <summary>Whether it covers the package at its version; null where that cannot be told, because there is no version or it cannot be compared.</summary>
    public bool? Judge(PackageUrl purl)
    {
        if (!purl.Type.Equals(_type, StringComparison.OrdinalIgnoreCase) && !_type.Contains('*', StringComparison.Ordinal))
        {
            return false;
        }

        var name = purl.Namespace is null ? $"{purl.Type}/{purl.Name}" : $"{purl.Type}/{purl.Namespace}/{purl.Name}";
        return !NamePattern.Covers(_name, name) ? false
            : _version is null && _range.IsEmpty ? true
            : purl.Version is not { } version ? null
            : _version is not null ? NamePattern.Covers(_version, version)
            : IsInRange(purl.Type, version);
    }

    private bool? IsInRange(string type, string version)
    {
        var order = VersionOrders.ForName(type) ?? VersionOrders.SemVer;
        return order.Refuse(version) is not null ? null : _range.All(part =>
        {
            var compared = order.Compare(version, part.Version);
            return part.Comparator switch
            {
                ">=" => compared >= 0,
                "<=" => compared <= 0,
                ">" => compared > 0,
                "<" => compared < 0,
                "!=" => compared != 0,
                _ => compared == 0,
            };
        });
    }
}

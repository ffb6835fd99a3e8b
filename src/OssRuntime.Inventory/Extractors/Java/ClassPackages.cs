using System.Collections.Immutable;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// The packages that the classes of a jar are in, and what they tell about its group in Maven Central: publishers keep to their own names there, whatever the manifest of
/// a jar built by Gradle or Ant leaves out.
/// </summary>
internal sealed class ClassPackages
{
    private const int MostPackages = 20_000;

    private static readonly string[] TopLevel = ["org", "com", "net", "io", "de", "fr", "eu", "uk", "ch", "at", "nl", "se", "cz", "ru", "cn", "jp", "br", "dev", "me", "us", "edu", "gov", "info", "biz", "software", "cloud", "tech", "app", "jakarta", "javax"];

    private readonly HashSet<string> _packages = new(StringComparer.Ordinal);

    /// <summary>Reads the names of a jar's entries.</summary>
    public ClassPackages(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var slash = name.LastIndexOf('/');
            if (slash > 0 && _packages.Count < MostPackages && !name.StartsWith("META-INF/", StringComparison.Ordinal))
            {
                _packages.Add(name[..slash]);
            }
        }
    }

    /// <summary>True where no class tells anything.</summary>
    public bool IsEmpty => _packages.Count == 0;

    /// <summary>The group of a publisher that is known by the packages, or null.</summary>
    public string? KnownGroup(string artifact)
    {
        foreach (var (package, group) in KnownPackages.All)
        {
            if (_packages.Any(one => IsIn(one, package)))
            {
                return group(artifact);
            }
        }

        return null;
    }

    /// <summary>The group that the packages have in common: <c>org.example</c> of <c>org/example/…</c>, <c>org.apache.derby</c> of <c>org/apache/derby</c>; or null.</summary>
    public string? CommonGroup()
    {
        var roots = _packages.Select(package => package.Split('/')).Where(parts => parts.Length >= 2 && Array.IndexOf(TopLevel, parts[0]) >= 0)
            .Select(parts => parts[0] == "org" && parts[1] == "apache" && parts.Length > 2 ? $"org.apache.{parts[2]}" : $"{parts[0]}.{parts[1]}")
            .Distinct(StringComparer.Ordinal)
            .Take(2)
            .ToImmutableArray();
        return roots is [var only] ? only : null;
    }

    private static bool IsIn(string package, string root) =>
        package.StartsWith(root, StringComparison.Ordinal) && (package.Length == root.Length || package[root.Length] == '/');
}

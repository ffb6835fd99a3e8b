using System.Collections.Immutable;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Comparing;

/// <summary>
/// Holds an SBOM against what the image's files show. What the files show always stays: an SBOM can add to an inventory and never take away from it, or
/// whoever writes one could hide what runs.
/// </summary>
internal static class DeclaredAgainstObserved
{
    /// <summary>The observed inventory with the SBOM's word on it.</summary>
    /// <param name="observed">Read from the layers.</param>
    /// <param name="found">The SBOM.</param>
    /// <param name="isUsed">True where what only the SBOM declares becomes part of the inventory.</param>
    public static ComponentInventory Combine(ComponentInventory observed, FoundSbom found, bool isUsed)
    {
        var leftOut = new List<Component>();
        var added = new List<Component>();
        var different = new List<(Component Declared, Component Observed)>();
        var declared = Group(found.Document.Components);
        var seen = Group(observed.Components);
        foreach (var (key, versions) in seen)
        {
            Compare(versions, declared.GetValueOrDefault(key) ?? [], leftOut, added, different);
        }

        foreach (var (_, versions) in declared.Where(package => !seen.ContainsKey(package.Key)))
        {
            added.AddRange(versions.Values);
        }

        // What a file in the image declares is about a part of the image, and leaves out the rest without a word.
        var isWhole = found.Source != InventorySource.EmbeddedSbom;
        return observed with
        {
            Components = isUsed ? Sorted(observed.Components, added) : observed.Components,
            OsRelease = observed.OsRelease ?? (isUsed ? found.Document.OsRelease : null),
            Declaration = Describe(found) with
            {
                Used = isUsed,
                Compared = true,
                LeftOut = isWhole ? Purls(leftOut.Where(component => component.OwnedBy is null)) : [],
                Added = Purls(added),
                Different = [.. different.Select(pair => new DeclaredDifference(pair.Declared.Purl.ToString(), pair.Observed.Purl.ToString()))
                    .OrderBy(pair => pair.Declared, StringComparer.Ordinal)],
            },
        };
    }

    /// <summary>What an SBOM is, before it is compared with anything.</summary>
    public static SbomComparison Describe(FoundSbom found) => new(found.Source, found.Name, found.Document.Format.ToString()!)
    {
        VerifiedBy = found.VerifiedBy,
        Used = true,
        Components = found.Document.Components.Length,
    };

    private static Dictionary<PackageKey, SortedDictionary<string, Component>> Group(ImmutableArray<Component> components)
    {
        var groups = new Dictionary<PackageKey, SortedDictionary<string, Component>>();
        foreach (var component in components)
        {
            var key = PackageKey.Of(component.Purl);
            if (!groups.TryGetValue(key, out var versions))
            {
                groups.Add(key, versions = new SortedDictionary<string, Component>(StringComparer.Ordinal));
            }

            versions.TryAdd(PackageKey.VersionOf(component), component);
        }

        return groups;
    }

    /// <summary>The versions of one package: those on one side only are paired as long as there are some on the other.</summary>
    private static void Compare(
        SortedDictionary<string, Component> seen,
        SortedDictionary<string, Component> declared,
        List<Component> leftOut,
        List<Component> added,
        List<(Component Declared, Component Observed)> different)
    {
        var onlySeen = seen.Where(pair => !declared.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
        var onlyDeclared = declared.Where(pair => !seen.ContainsKey(pair.Key)).Select(pair => pair.Value).ToList();
        var pairs = Math.Min(onlySeen.Count, onlyDeclared.Count);
        different.AddRange(onlyDeclared.Take(pairs).Zip(onlySeen));
        leftOut.AddRange(onlySeen.Skip(pairs));
        added.AddRange(onlyDeclared.Skip(pairs));
    }

    private static ImmutableArray<string> Purls(IEnumerable<Component> components) =>
        [.. components.Select(component => component.Purl.ToString()).Distinct().Order(StringComparer.Ordinal)];

    private static ImmutableArray<Component> Sorted(ImmutableArray<Component> observed, List<Component> added)
    {
        var all = new List<Component>(observed.Length + added.Count);
        all.AddRange(observed);
        all.AddRange(added);
        all.Sort(ComponentOrder.Instance);
        return [.. all];
    }
}

using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Packages;

/// <summary>The fixed order of an inventory: by the parts of the purl, then by path.</summary>
internal sealed class ComponentOrder : IComparer<Component>
{
    public static readonly ComponentOrder Instance = new();

    public int Compare(Component? x, Component? y)
    {
        var order = string.CompareOrdinal(x!.Purl.Type, y!.Purl.Type);
        order = order != 0 ? order : string.CompareOrdinal(x.Purl.Namespace, y.Purl.Namespace);
        order = order != 0 ? order : string.CompareOrdinal(x.Purl.Name, y.Purl.Name);
        order = order != 0 ? order : string.CompareOrdinal(x.Purl.Version, y.Purl.Version);
        order = order != 0 ? order : CompareQualifiers(x.Purl, y.Purl);
        return order != 0 ? order : string.CompareOrdinal(x.Location.Path, y.Location.Path);
    }

    private static int CompareQualifiers(PackageUrl x, PackageUrl y)
    {
        for (var i = 0; i < Math.Min(x.Qualifiers.Length, y.Qualifiers.Length); i++)
        {
            var order = string.CompareOrdinal(x.Qualifiers[i].Key, y.Qualifiers[i].Key);
            order = order != 0 ? order : string.CompareOrdinal(x.Qualifiers[i].Value, y.Qualifiers[i].Value);
            if (order != 0)
            {
                return order;
            }
        }

        return x.Qualifiers.Length - y.Qualifiers.Length;
    }
}

using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>The OS packages of an inventory, found by the purl that components name as their owner's.</summary>
internal sealed class PackageOwners(ComponentInventory inventory)
{
    // Made when the first owner is asked for: most images have none.
    private ILookup<string, Component>? _packages;

    /// <summary>The OS package that is meant, or null where the inventory has none of this name.</summary>
    public Component? Find(string owner) => Packages[owner].FirstOrDefault();

    private ILookup<string, Component> Packages => _packages ??= inventory.Components
        .Where(component => component.Type == ComponentType.OsPackage)
        .ToLookup(component => component.Purl.ToString(), StringComparer.Ordinal);
}

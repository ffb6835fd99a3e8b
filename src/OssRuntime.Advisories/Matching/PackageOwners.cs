using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>The OS packages of an inventory, found by the purl that components name as their owner's.</summary>
internal sealed class PackageOwners(ComponentInventory inventory)
{
    private readonly ILookup<string, Component> _packages =
        inventory.Components.Where(component => component.Type == ComponentType.OsPackage).ToLookup(component => component.Purl.ToString(), StringComparer.Ordinal);

    /// <summary>True where another publisher than the distribution built the owner: then the distribution has no say on what is in it.</summary>
    public bool IsThirdParty(string owner) => _packages[owner].FirstOrDefault() is { IsThirdParty: true };

    /// <summary>True where the owner is known and its distribution says nothing about it.</summary>
    public bool IsSilent(string owner, PackageMatcher packages) => _packages[owner].FirstOrDefault() is { } package && packages.IsSilentOn(package);
}
